using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Ipcscope.Bpf;

/// <summary>Keeps what libbpf would print, so that an error can quote it.</summary>
internal static unsafe class LibBpfLog
{
    private const int Debug = 2; // enum libbpf_print_level
    private const int Limit = 64 * 1024;
    private static readonly Lock Gate = new();
    private static readonly StringBuilder Text = new();

    /// <summary>Keeps messages from now on, and nothing said before. Whatever may be the first that libbpf is asked begins with this: else it prints.</summary>
    internal static void Begin()
    {
        LibBpf.libbpf_set_print(&Print);
        Take();
    }

    /// <summary>Takes what has been said since the last call.</summary>
    internal static string Take()
    {
        lock (Gate)
        {
            string text = Text.ToString();
            Text.Clear();
            return text;
        }
    }

    // The third argument is a va_list: on x86-64 and arm64 it is passed as a pointer, and handed on as it is.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Print(int level, byte* format, nint arguments)
    {
        if (level >= Debug)
        {
            return 0;
        }
        byte* text; // the verifier's words, which say why only at their end, are one message
        int length = LibBpf.vasprintf(&text, format, arguments);
        if (length < 0)
        {
            return 0;
        }
        string message = Encoding.UTF8.GetString(text, length);
        NativeMemory.Free(text); // free(3)
        lock (Gate)
        {
            if (Text.Length < Limit)
            {
                Text.Append(message);
            }
        }
        return 0;
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ipcscope.Cli;

/// <summary>struct termios of glibc, bits/termios-struct.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Termios
{
    /// <summary>ICANON and ECHO, bits/termios-c_lflag.h; IEXTEN gives Ctrl-V a meaning.</summary>
    private const uint Icanon = 0x2, Echo = 0x8, Iexten = 0x8000;

    /// <summary>IXON, bits/termios-c_iflag.h: Ctrl-S stops the output.</summary>
    private const uint Ixon = 0x400;

    /// <summary>VTIME and VMIN, bits/termios-c_cc.h.</summary>
    private const int Vtime = 5, Vmin = 6;

    private uint _input;
    private readonly uint _output;
    private readonly uint _control;
    private uint _local;
    private readonly byte _line;
    private ControlCharacters _characters;
    private readonly uint _inputSpeed;
    private readonly uint _outputSpeed;

    [InlineArray(32)]
    private struct ControlCharacters
    {
        private byte _first;
    }

    /// <summary>The same, but each key comes at once and is not shown. Ctrl-C and Ctrl-Z stay signals.</summary>
    public readonly Termios ForKeys()
    {
        Termios keys = this;
        keys._local &= ~(Icanon | Echo | Iexten);
        keys._input &= ~Ixon;
        keys._characters[Vmin] = 1;
        keys._characters[Vtime] = 0;
        return keys;
    }
}

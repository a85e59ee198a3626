using System.Buffers.Binary;

namespace Ipcscope.Tests.Bpf;

/// <summary>
/// How deep the stack of a program becomes, as verifiers before 6.13 reckon (check_max_stack_depth(), kernel/bpf/verifier.c): frames are rounded up to 32 bytes,
/// one for each function of a chain of calls, callbacks of bpf_loop among them.
/// </summary>
internal sealed class StackFrames(ObjectFile file)
{
    private const int Instruction = 8;
    private const int FramePointer = 10;
    private const int Rounding = 32;
    private const byte Call = 0x85;
    private const byte LoadAddress = 0x18;
    private const byte MoveRegister = 0xbf;
    private const byte AddConstant = 0x07;
    private const int ToFunction = 1; // BPF_PSEUDO_CALL

    private readonly Dictionary<string, Chain> _known = [];

    /// <summary>The deepest chain from a function on.</summary>
    public Chain Deepest(ObjectFile.Function function)
    {
        if (!_known.TryGetValue(function.Name, out Chain? chain))
        {
            (int size, IReadOnlyList<ObjectFile.Function> callees) = Look(function);
            int frame = (Math.Max(size, 1) + Rounding - 1) / Rounding * Rounding;
            Chain[] below = [.. callees.Select(Deepest)];
            Chain deepest = below.MaxBy(each => each.Bytes) ?? new Chain(0, 0, "");
            chain = new Chain(frame + deepest.Bytes, 1 + below.Select(each => each.Frames).DefaultIfEmpty().Max(), $"{function.Name} {frame}{(below.Length > 0 ? " → " : "")}{deepest.Names}");
            _known.Add(function.Name, chain);
        }
        return chain;
    }

    private (int Size, IReadOnlyList<ObjectFile.Function> Callees) Look(ObjectFile.Function function)
    {
        Dictionary<int, (int Section, int Value)> targets = file.TargetsOf(function.Section);
        ReadOnlySpan<byte> code = file.Code(function);
        int?[] offsets = new int?[16]; // of registers that point into the frame
        offsets[FramePointer] = 0;
        HashSet<ObjectFile.Function> callees = [];
        int lowest = 0;
        for (int at = 0; at < code.Length; at += Instruction)
        {
            byte op = code[at];
            (int to, int from) = (code[at + 1] & 15, code[at + 1] >> 4);
            int offset = BinaryPrimitives.ReadInt16LittleEndian(code[(at + 2)..]);
            int constant = BinaryPrimitives.ReadInt32LittleEndian(code[(at + 4)..]);
            int here = function.Start + at;
            switch (op & 7)
            {
                case 1: // BPF_LDX
                    lowest = Math.Min(lowest, offsets[from] + offset ?? 0);
                    offsets[to] = null;
                    break;
                case 2 or 3: // BPF_ST, BPF_STX
                    lowest = Math.Min(lowest, offsets[to] + offset ?? 0);
                    break;
                case 4 or 7: // BPF_ALU, BPF_ALU64
                    offsets[to] = op == MoveRegister ? offsets[from] : op == AddConstant ? offsets[to] + constant : null;
                    lowest = Math.Min(lowest, offsets[to] ?? 0);
                    break;
            }
            if (op == LoadAddress)
            {
                offsets[to] = null;
                if (targets.TryGetValue(here, out (int Section, int Value) target) && target.Section == file.Text)
                {
                    callees.Add(At(target.Value + constant));
                }
                at += Instruction; // it has two
            }
            else if (op == Call)
            {
                Array.Clear(offsets, 0, 6);
                if (targets.TryGetValue(here, out (int Section, int Value) target))
                {
                    if (target.Section == file.Text) // else the kernel's own
                    {
                        callees.Add(At(target.Value > 0 || constant == -1 ? target.Value : (constant + 1) * Instruction));
                    }
                }
                else if (from == ToFunction)
                {
                    callees.Add(At(here + ((constant + 1) * Instruction)));
                }
            }
        }
        return (-lowest, [.. callees]);
    }

    private ObjectFile.Function At(int start) => file.Functions.Single(function => function.Section == file.Text && function.Start == start);

    /// <summary>A chain of calls.</summary>
    internal sealed record Chain(int Bytes, int Frames, string Names);
}

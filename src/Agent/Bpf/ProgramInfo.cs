using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ipcscope.Bpf;

/// <summary>BPF_OBJ_NAME_LEN bytes.</summary>
[InlineArray(16)]
internal struct ObjectName
{
    private byte _first;
}

/// <summary>The first fields of struct bpf_prog_info (include/uapi/linux/bpf.h), which only grows at its end.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ProgramInfo
{
    public uint Type;
    public uint Id;
    public ulong Tag;
    public uint JitedLength;
    public uint TranslatedLength;
    public ulong JitedInstructions;
    public ulong TranslatedInstructions;
    public ulong LoadTime;
    public uint CreatedByUid;
    public uint MapIdsCount;
    public ulong MapIds;
    public ObjectName Name;
    public uint InterfaceIndex;
    public uint GplCompatible;
    public ulong NetnsDevice;
    public ulong NetnsInode;
    public uint JitedSymbolsCount;
    public uint JitedFunctionLengthsCount;
    public ulong JitedSymbols;
    public ulong JitedFunctionLengths;
    public uint BtfId;
    public uint FunctionInfoRecordSize;
    public ulong FunctionInfo;
    public uint FunctionInfoCount;
    public uint LineInfoCount;
    public ulong LineInfo;
    public ulong JitedLineInfo;
    public uint JitedLineInfoCount;
    public uint LineInfoRecordSize;
    public uint JitedLineInfoRecordSize;
    public uint ProgramTagsCount;
    public ulong ProgramTags;

    /// <summary>Nanoseconds; counted only while statistics are enabled.</summary>
    public ulong RunTimeNs;

    /// <summary>Counted only while statistics are enabled.</summary>
    public ulong RunCount;

    /// <summary>Runs that were skipped because the program was active already; always counted.</summary>
    public ulong RecursionMisses;

    /// <summary>Instructions that the verifier looked at until it accepted the program; 0 before Linux 5.16.</summary>
    public uint VerifiedInstructions;
    public uint AttachedBtfObjectId;
    public uint AttachedBtfId;
    public uint Pad;
}

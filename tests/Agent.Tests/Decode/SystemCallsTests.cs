using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Ipcscope.Decode;

namespace Ipcscope.Tests.Decode;

public sealed partial class SystemCallsTests
{
    [Fact]
    public void NumbersOfX64AreThoseOfTheKernelHeaders() =>
        AssertNumbers("/usr/include/x86_64-linux-gnu/asm/unistd_64.h", SystemCalls.Native(Architecture.X64));

    [Fact]
    public void NumbersOfI386AreThoseOfTheKernelHeaders() =>
        AssertNumbers("/usr/include/x86_64-linux-gnu/asm/unistd_32.h", SystemCalls.Compat(Architecture.X64));

    [Fact]
    public void NumbersOfArm64AreThoseOfTheKernelHeaders() =>
        AssertNumbers("/usr/include/asm-generic/unistd.h", SystemCalls.Native(Architecture.Arm64));

    [Theory]
    [InlineData(Architecture.X64)]
    [InlineData(Architecture.Arm64)]
    public void TableHoldsBothAbis(Architecture architecture)
    {
        ushort[] table = new ushort[SystemCalls.TableSize];
        SystemCalls.Fill(table, architecture, Enum.GetValues<Mechanism>());
        foreach (SystemCalls.Entry entry in SystemCalls.Native(architecture))
        {
            Assert.Equal((int)entry.Call, table[entry.Number] & 0xff);
        }
        foreach (SystemCalls.Entry entry in SystemCalls.Compat(architecture))
        {
            Assert.Equal((int)entry.Call, table[entry.Number] >> 8);
        }
        int used = table.Count(classes => (classes & 0xff) != 0) + table.Count(classes => classes >> 8 != 0);
        Assert.Equal(SystemCalls.Native(architecture).Length + SystemCalls.Compat(architecture).Length, used);
    }

    [Fact]
    public void WhatNoMechanismNeedsIsNotInTheTable()
    {
        ushort[] table = new ushort[SystemCalls.TableSize];
        SystemCalls.Fill(table, Architecture.X64, [Mechanism.ProcessVm]);
        List<string> named = [];
        foreach (SystemCalls.Entry entry in SystemCalls.Native(Architecture.X64))
        {
            named.AddRange((table[entry.Number] & 0xff) != 0 ? [entry.Name] : Array.Empty<string>());
        }
        Assert.Equal(["pidfd_getfd", "process_vm_readv", "process_vm_writev", "ptrace"], named.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(Architecture.X64)]
    [InlineData(Architecture.Arm64)]
    public void EveryTracedCallIsThere(Architecture architecture)
    {
        string[] wanted =
        [
            "read", "write", "readv", "writev", "preadv2", "pwritev2", "sendto", "recvfrom", "sendmsg", "recvmsg", "sendmmsg",
            "recvmmsg", "connect", "accept4", "splice", "tee", "vmsplice", "sendfile", "shutdown", "openat", "openat2", "memfd_create",
            "mq_open", "mq_unlink", "mq_timedsend", "mq_timedreceive", "mq_notify", "mq_getsetattr", "msgget", "msgsnd", "msgrcv", "msgctl",
            "semget", "semctl", "shmget", "shmat", "shmdt", "shmctl", "munmap", "mremap", "msync", "ftruncate", "futex", "futex_waitv",
            "futex_wake", "futex_wait", "futex_requeue", "kill", "tkill", "tgkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo",
            "pidfd_send_signal", "rt_sigtimedwait", "process_vm_readv", "process_vm_writev", "ptrace", "pidfd_getfd", "restart_syscall",
        ];
        Assert.Empty(wanted.Except(SystemCalls.Native(architecture).ToArray().Select(entry => entry.Name)));
        Assert.Empty(wanted.Except(SystemCalls.Compat(architecture).ToArray().Select(entry => entry.Name)));
    }

    private static void AssertNumbers(string header, ReadOnlySpan<SystemCalls.Entry> entries)
    {
        // Since 6.7, the same everywhere: the headers of Debian 12 are older.
        Dictionary<string, int> numbers = new() { ["futex_wake"] = 454, ["futex_wait"] = 455, ["futex_requeue"] = 456 };
        foreach (Match match in Define().Matches(File.ReadAllText(header)))
        {
            numbers.TryAdd(match.Groups[1].Value, int.Parse(match.Groups[2].ValueSpan));
        }
        foreach (SystemCalls.Entry entry in entries)
        {
            Assert.Equal((entry.Name, numbers[entry.Name]), (entry.Name, entry.Number));
        }
    }

    // asm-generic spells sendfile as __NR3264_sendfile.
    [GeneratedRegex(@"^#define __NR(?:3264)?_(\w+)\s+(\d+)\s*$", RegexOptions.Multiline)]
    private static partial Regex Define();
}

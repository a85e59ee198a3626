namespace Ipcscope.Cli.Bench;

/// <summary>One io_uring(7) of one process, used for one request at a time; without liburing.</summary>
internal sealed unsafe class IoUring
{
    /// <summary>IORING_OP_READ, include/uapi/linux/io_uring.h.</summary>
    public const byte Read = 22;
    /// <summary>IORING_OP_WRITE.</summary>
    public const byte Write = 23;

    // The numbers of newer system calls are the same everywhere.
    private const int NumberOfSetup = 425;
    private const int NumberOfEnter = 426;
    private const int IORING_ENTER_GETEVENTS = 1;
    private const int IORING_OFF_SQES = 0x10000000;
    private const int IORING_FEAT_SINGLE_MMAP = 1;
    private const int Entries = 4;
    private const int SubmissionSize = 64;
    private const int CompletionSize = 16;

    private readonly int _fd;
    private readonly uint* _submitted;
    private readonly uint* _completed;
    private readonly uint* _completionHead;
    private readonly uint _submissionMask;
    private readonly uint _completionMask;
    private readonly uint* _order;
    private readonly byte* _submissions;
    private readonly byte* _completions;

    /// <summary>Sets it up.</summary>
    /// <exception cref="BenchException">The system refuses.</exception>
    public IoUring()
    {
        // struct io_uring_params: ten words, then struct io_sqring_offsets and struct io_cqring_offsets of ten words each.
        uint* parameters = stackalloc uint[30];
        new Span<uint>(parameters, 30).Clear();
        _fd = (int)LibC.syscall(NumberOfSetup, Entries, (nint)parameters, 0, 0, 0, 0);
        _ = BenchException.Check(_fd, "io_uring_setup");
        if ((parameters[5] & IORING_FEAT_SINGLE_MMAP) == 0)
        {
            throw new BenchException("io_uring_setup: this kernel is older than 5.4");
        }
        uint* sq = parameters + 10;
        uint* cq = parameters + 20;
        uint length = Math.Max(sq[6] + (parameters[0] * sizeof(uint)), cq[5] + (parameters[1] * CompletionSize));
        byte* rings = BenchMemory.Map(_fd, (int)length);
        nint submissions = LibC.mmap(null, parameters[0] * SubmissionSize, LibC.PROT_READ_WRITE, LibC.MAP_SHARED, _fd, IORING_OFF_SQES);
        _submissions = submissions == -1 ? throw BenchException.Last("mmap") : (byte*)submissions;
        _submitted = (uint*)(rings + sq[1]);
        _submissionMask = *(uint*)(rings + sq[2]);
        _order = (uint*)(rings + sq[6]);
        _completionHead = (uint*)(rings + cq[0]);
        _completed = (uint*)(rings + cq[1]);
        _completionMask = *(uint*)(rings + cq[2]);
        _completions = rings + cq[5];
    }

    /// <summary>Submits one request and waits for its result.</summary>
    /// <returns>As the system call would give it: -errno if it failed.</returns>
    /// <exception cref="BenchException">It could not be submitted.</exception>
    public int Perform(byte operation, int fd, byte* buffer, int size)
    {
        uint tail = *_submitted;
        uint index = tail & _submissionMask;
        byte* submission = _submissions + (index * SubmissionSize);
        new Span<byte>(submission, SubmissionSize).Clear();
        submission[0] = operation;
        *(int*)(submission + 4) = fd;
        *(ulong*)(submission + 8) = ulong.MaxValue; // no offset: where the file stands
        *(byte**)(submission + 16) = buffer;
        *(int*)(submission + 24) = size;
        _order[index] = index;
        Volatile.Write(ref *_submitted, tail + 1);
        nint submit = 1;
        while (Volatile.Read(ref *_completed) == *_completionHead)
        {
            if (LibC.syscall(NumberOfEnter, _fd, submit, 1, IORING_ENTER_GETEVENTS, 0, 0) < 0)
            {
                throw BenchException.Last("io_uring_enter");
            }
            submit = 0;
        }
        uint head = *_completionHead;
        int result = *(int*)(_completions + ((head & _completionMask) * CompletionSize) + sizeof(ulong));
        Volatile.Write(ref *_completionHead, head + 1);
        return result;
    }
}

namespace Ipcscope.Decode;

/// <summary>What moving data is called: read and write where the kernel has no more than that, else receive and send.</summary>
internal static class DataOperations
{
    /// <summary>Taking something out.</summary>
    internal static Operation Taking(Mechanism mechanism) => IsPlain(mechanism) ? Operation.Read : Operation.Receive;

    /// <summary>Putting something in.</summary>
    internal static Operation Giving(Mechanism mechanism) => IsPlain(mechanism) ? Operation.Write : Operation.Send;

    private static bool IsPlain(Mechanism mechanism) => mechanism is Mechanism.Pipe or Mechanism.Fifo or Mechanism.Eventfd or Mechanism.Pty;
}

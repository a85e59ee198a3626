using System.Net.Sockets;
using System.Security.Cryptography;
using Ipcscope.Dashboard.Config;
using Ipcscope.Listen;

namespace Ipcscope.Dashboard;

/// <summary>The program's life.</summary>
internal static class Run
{
    /// <summary>Serves until it is told to end; its exit status.</summary>
    public static async Task<int> UntilStoppedAsync(DashboardOptions options, bool check)
    {
        try
        {
            await using Server server = Server.Open(options, TimeProvider.System);
            if (check)
            {
                await Console.Error.WriteLineAsync("ipcscope-dashboard: nothing is wrong with the settings");
                return ExitStatus.Success;
            }
            await server.StartAsync();
            Invite(server);
            server.OnLinkUsed(() => Invite(server));
            await server.WaitAsync();
            return ExitStatus.Success;
        }
        catch (Exception fault) when (fault is AccessException or CryptographicException)
        {
            return await FailAsync(fault.Message, ExitStatus.Usage);
        }
        catch (Exception fault) when (fault is IOException or SocketException)
        {
            string why = fault.Message.Contains("in use", StringComparison.Ordinal) ? "the address is in use; choose another one with listen" : $"{fault.Message.TrimEnd('.')} (see listen)";
            return await FailAsync($"cannot serve at {options.Listen}: {why}", ExitStatus.Failed);
        }
    }

    private static void Invite(Server server) => Console.Error.WriteLine($"ipcscope-dashboard: open {server.Invitation}");

    private static async Task<int> FailAsync(string message, int status)
    {
        await Console.Error.WriteLineAsync($"ipcscope-dashboard: {message}");
        return status;
    }
}

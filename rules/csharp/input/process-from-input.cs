using System.Diagnostics;

class Tools : Controller
{
    static void Main(string[] args)
    {
        // ruleid: process-from-input
        Process.Start(args[0]);
        // ok: process-from-input
        Process.Start("/usr/bin/logger");
        foreach (var each in args)
        {
            // ruleid: process-from-input
            Process.Start("/bin/sh", "-c " + each);
        }
    }

    void Ping()
    {
        var host = Request.Query["host"];
        // ruleid: process-from-input
        Process.Start("cmd.exe", "/C ping " + host);
        // ruleid: process-from-input
        var a = new ProcessStartInfo("/bin/sh", $"-c \"ping {host}\"");
        // ruleid: process-from-input
        var b = new ProcessStartInfo { FileName = "/bin/sh", Arguments = "-c ping " + host };
        var c = new ProcessStartInfo("/bin/ping");
        // ok: process-from-input
        c.ArgumentList.Add(host);
        // ok: process-from-input
        Process.Start(c);
        // ruleid: process-from-input
        c.Arguments = host;
        var count = int.Parse(Request.Query["count"]);
        // ok: process-from-input
        Process.Start("/bin/ping", "-c " + count + " localhost");
        // ok: process-from-input
        var d = new ProcessStartInfo { FileName = "/bin/ping", Arguments = "localhost" };
        // ok: process-from-input
        Log(host);
    }
}

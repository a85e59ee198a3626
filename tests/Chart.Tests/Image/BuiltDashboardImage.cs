namespace Ipcscope.ChartTests.Image;

/// <summary>The dashboard's image.</summary>
public sealed class BuiltDashboardImage() : BuiltImage("ipcscope-dashboard");

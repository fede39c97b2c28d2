using System.Data.SqlClient;

class Doses : Controller
{
    IActionResult Find(SqlConnection connection)
    {
        var patient = Request.Query["patient"];
        // ruleid: query-from-input
        var a = new SqlCommand("SELECT * FROM dose WHERE patient = '" + patient + "'", connection);
        // ruleid: query-from-input
        var b = new SqlCommand($"SELECT * FROM dose WHERE patient = '{patient}'", connection);
        var command = connection.CreateCommand();
        // ruleid: query-from-input
        command.CommandText = string.Format("SELECT * FROM dose WHERE patient = '{0}'", patient);
        // ruleid: query-from-input
        var c = context.Doses.FromSqlRaw("SELECT * FROM dose WHERE patient = '" + patient + "'");
        // ok: query-from-input
        var d = new SqlCommand("SELECT * FROM dose WHERE patient = @patient", connection);
        // ok: query-from-input
        d.Parameters.AddWithValue("@patient", patient);
        var number = int.Parse(patient);
        // ok: query-from-input
        var e = new SqlCommand("SELECT * FROM dose WHERE patient = " + number, connection);
        // ok: query-from-input
        var f = context.Doses.FromSqlInterpolated($"SELECT * FROM dose WHERE patient = {patient}");
        // ok: query-from-input
        var g = new Patient("name: " + patient, connection);
        return View();
    }

    void ByForm(NpgsqlConnection connection)
    {
        if (!Request.Form.TryGetValue("id", out var id)) return;
        Run(connection, Request.Form["name"]);
        // ok: query-from-input
        Log(id);
    }

    void Run(NpgsqlConnection connection, string name)
    {
        // ruleid: query-from-input
        connection.Execute("DELETE FROM drug WHERE name = '" + name + "'");
        // ok: query-from-input
        connection.Execute("DELETE FROM drug WHERE name = @name", new { name });
    }
}

[ApiController]
class Api
{
    public IActionResult Get(string id, IDbConnection connection)
    {
        // ruleid: query-from-input
        var drug = connection.Query<Drug>($"SELECT * FROM drug WHERE id = '{id}'");
        return Ok(drug);
    }
}

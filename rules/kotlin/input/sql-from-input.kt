class DoseActivity : Activity() {
    override fun onCreate(state: Bundle?) {
        val patient = intent.getStringExtra("patient")
        // ruleid: sql-from-input
        database.rawQuery("SELECT * FROM dose WHERE patient = '$patient'", null)
        // ruleid: sql-from-input
        database.execSQL("DELETE FROM dose WHERE patient = '" + patient + "'")
        val clause = "patient = '%s'".format(patient)
        // ruleid: sql-from-input
        database.compileStatement("SELECT * FROM dose WHERE $clause")
        // ok: sql-from-input
        database.rawQuery("SELECT * FROM dose WHERE patient = ?", arrayOf(patient))
        val number = patient?.toIntOrNull() ?: return
        // ok: sql-from-input
        database.rawQuery("SELECT * FROM dose WHERE patient = $number", null)
        // ok: sql-from-input
        database.execSQL("VACUUM")
    }

    fun search() {
        val name = nameField.text.toString()
        name.let {
            // ruleid: sql-from-input
            database.rawQuery("SELECT * FROM drug WHERE name LIKE '%$it%'", null)
        }
        // ruleid: sql-from-input
        load(SimpleSQLiteQuery("SELECT * FROM drug WHERE name = '${name.trim()}'"))
    }
}

class Doses(private val connection: Connection) {
    fun find(id: String): ResultSet {
        // ruleid: sql-from-input
        return connection.createStatement().executeQuery("SELECT * FROM dose WHERE id = $id")
    }

    fun safe(id: String): ResultSet {
        // ok: sql-from-input
        val statement = connection.prepareStatement("SELECT * FROM dose WHERE id = ?")
        statement.setString(1, id)
        return statement.executeQuery()
    }
}

fun Application.routes(doses: Doses) {
    routing {
        get("/dose/{id}") { doses.find(call.parameters["id"]!!) }
        get("/safe/{id}") { doses.safe(call.parameters["id"]!!) }
    }
}

@RestController
class DrugController(private val template: JdbcTemplate) {
    @GetMapping("/drugs")
    fun list(@RequestParam name: String): List<Drug> {
        // ruleid: sql-from-input
        return template.queryForList("SELECT * FROM drug WHERE name = '" + name + "'")
    }

    @GetMapping("/drugs/{id}")
    fun one(@PathVariable id: String): List<Drug> {
        // ok: sql-from-input
        return template.queryForList("SELECT * FROM drug WHERE id = ?", id)
    }

    fun all(table: String): List<Drug> {
        // ok: sql-from-input
        return template.queryForList("SELECT * FROM $table")
    }
}

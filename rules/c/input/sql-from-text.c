#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int by_name(sqlite3 *db, const char *name)
{
    char sql[256];
    snprintf(sql, sizeof sql, "SELECT id FROM users WHERE name = '%s'", name);
    // ruleid: sql-from-text
    return sqlite3_exec(db, sql, NULL, NULL, NULL);
}

int remove_key(sqlite3 *db, const char *key)
{
    char sql[256];
    strcpy(sql, "DELETE FROM settings WHERE key='");
    strcat(sql, key);
    strcat(sql, "'");
    // ruleid: sql-from-text
    return sqlite3_exec(db, sql, NULL, NULL, NULL);
}

int checked_length(void *connection, const char *name)
{
    char sql[128];
    if (snprintf(sql, sizeof sql, "UPDATE t SET n = '%s'", name) >= (int)sizeof sql)
        return -1;
    // ruleid: sql-from-text
    return mysql_query(connection, sql);
}

int by_number(sqlite3 *db, int id)
{
    char sql[64];
    snprintf(sql, sizeof sql, "DELETE FROM t WHERE id = %d", id);
    // ok: sql-from-text
    return sqlite3_exec(db, sql, NULL, NULL, NULL);
}

int bound(sqlite3 *db, sqlite3_stmt **statement)
{
    // ok: sql-from-text
    return sqlite3_prepare_v2(db, "SELECT id FROM users WHERE name = ?", -1, statement, NULL);
}

int parts(sqlite3 *db)
{
    char sql[64] = "SELECT 1";
    strcat(sql, " FROM t");
    // ok: sql-from-text
    return sqlite3_exec(db, sql, NULL, NULL, NULL);
}

int quoted(sqlite3 *db, const char *name)
{
    char sql[256], text[100];
    escape_text(text, sizeof text, name);
    snprintf(sql, sizeof sql, "SELECT id FROM users WHERE name = '%s'", text);
    // ok: sql-from-text
    return sqlite3_exec(db, sql, NULL, NULL, NULL);
}

int copied(void *connection, const char *name)
{
    char sql[256] = "SELECT id FROM users WHERE name = '";
    strncat(sql, name, 100);
    strcat(sql, "'");
    // ruleid: sql-from-text
    return PQexec(connection, sql) != NULL;
}

int fixed(sqlite3 *db)
{
    // ok: sql-from-text
    return sqlite3_exec(db, "DELETE FROM t", NULL, NULL, NULL);
}

int letters(sqlite3 *db, const char *name)
{
    char sql[128];
    for (const char *c = name; *c != 0; c++)
        if (!isalpha((unsigned char)*c))
            return -1;
    snprintf(sql, sizeof sql, "DROP TABLE '%s'", name);
    // ok: sql-from-text
    return sqlite3_exec(db, sql, NULL, NULL, NULL);
}

static const char *const TABLES[] = {"temperature", "humidity"};

int count_in(sqlite3 *db, unsigned which)
{
    char sql[128];
    snprintf(sql, sizeof sql, "SELECT count(*) FROM %s", TABLES[which % 2]);
    // ok: sql-from-text
    return sqlite3_exec(db, sql, NULL, NULL, NULL);
}

int count_of(sqlite3 *db, const char **names)
{
    char sql[128];
    snprintf(sql, sizeof sql, "SELECT count(*) FROM %s", names[0]);
    // ruleid: sql-from-text
    return sqlite3_exec(db, sql, NULL, NULL, NULL);
}

static const char *const COLUMNS[] = {"pulse", "oxygen"};

int vitals(sqlite3 *database, unsigned column, long bed)
{
    char sql[96];
    snprintf(sql, sizeof(sql), "SELECT %s FROM vitals WHERE bed = %ld", COLUMNS[column % 2], bed);
    // ok: sql-from-text
    return sqlite3_exec(database, sql, NULL, NULL, NULL);
}

int vitals_of(sqlite3 *database, unsigned column, const char *bed)
{
    char sql[96];
    snprintf(sql, sizeof(sql), "SELECT %s FROM vitals WHERE bed = %s", COLUMNS[column % 2], bed);
    // ruleid: sql-from-text
    return sqlite3_exec(database, sql, NULL, NULL, NULL);
}

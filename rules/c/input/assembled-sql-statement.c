#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct query {
    char text[512];
    size_t used;
};

static void add(struct query *query, const char *piece)
{
    size_t length = strlen(piece);
    if (query->used + length >= sizeof(query->text))
        return;
    memcpy(query->text + query->used, piece, length + 1);
    query->used += length;
}

int remove_alarm(MYSQL *database, int argc, char **argv)
{
    struct query query = {"", 0};
    if (argc < 2)
        return -1;
    add(&query, "DELETE FROM alarms WHERE bed = '");
    add(&query, argv[1]);
    add(&query, "'");
    // ruleid: assembled-sql-statement
    return mysql_query(database, query.text);
}

int run_console(sqlite3 *database)
{
    char line[128];
    if (fgets(line, sizeof(line), stdin) == NULL)
        return -1;
    // ruleid: assembled-sql-statement
    return sqlite3_exec(database, line, NULL, NULL, NULL);
}

int remove_all(MYSQL *database)
{
    struct query query = {"", 0};
    add(&query, "DELETE FROM alarms");
    // ok: assembled-sql-statement
    return mysql_query(database, query.text);
}

int remove_numbered(MYSQL *database, char **argv)
{
    struct query query = {"", 0};
    char number[24];
    snprintf(number, sizeof(number), "%d", atoi(argv[1]));
    add(&query, "DELETE FROM alarms WHERE bed = ");
    add(&query, number);
    // ok: assembled-sql-statement
    return mysql_query(database, query.text);
}

int remove_known(MYSQL *database, char **argv)
{
    struct query query = {"", 0};
    const char *side = argv[1];
    if (strcmp(side, "left") != 0 && strcmp(side, "right") != 0)
        return -1;
    add(&query, "DELETE FROM alarms WHERE side = '");
    add(&query, side);
    add(&query, "'");
    // ok: assembled-sql-statement
    return mysql_query(database, query.text);
}

static void set(struct query *query, const char *text)
{
    strcpy(query->text, text);
    query->used = strlen(text);
}

int ask(PGconn *database)
{
    struct query query;
    set(&query, getenv("QUERY_STRING"));
    // ruleid: assembled-sql-statement
    return PQexec(database, query.text) == NULL;
}

int ask_socket(sqlite3 *database, int client)
{
    char text[200];
    struct query query = {"SELECT * FROM alarms WHERE ", 27};
    ssize_t got = recv(client, text, sizeof(text) - 1, 0);
    if (got <= 0)
        return -1;
    text[got] = 0;
    add(&query, text);
    // ruleid: assembled-sql-statement
    return sqlite3_exec(database, query.text, NULL, NULL, NULL);
}

int ask_fixed(PGconn *database)
{
    struct query query;
    set(&query, "SELECT 1");
    // ok: assembled-sql-statement
    return PQexec(database, query.text) == NULL;
}

int ask_escaped(MYSQL *database, char **argv)
{
    struct query query = {"SELECT id FROM users WHERE name = '", 35};
    char name[129];
    mysql_real_escape_string(database, name, argv[1], strlen(argv[1]));
    add(&query, name);
    add(&query, "'");
    // ok: assembled-sql-statement
    return mysql_query(database, query.text);
}

int ask_bound(sqlite3 *database, sqlite3_stmt **statement)
{
    // ok: assembled-sql-statement
    return sqlite3_prepare_v2(database, "SELECT id FROM users WHERE name = ?", -1, statement, NULL);
}

int add_note(sqlite3 *database, char **argv)
{
    char *sql = sqlite3_mprintf("INSERT INTO notes(text) VALUES(%Q)", argv[1]);
    // ok: assembled-sql-statement
    return sql == NULL ? -1 : sqlite3_exec(database, sql, NULL, NULL, NULL);
}

static void by_number(char *sql, size_t size, const char *column, int number)
{
    snprintf(sql, size, "SELECT %s FROM alarms WHERE bed = %d", column, number);
}

static void by_bed(char *sql, size_t size, int number)
{
    snprintf(sql, size, "SELECT id FROM alarms WHERE bed = %d", number);
}

int ask_scanned(sqlite3 *database)
{
    char line[32], sql[100];
    int number;
    if (fgets(line, sizeof(line), stdin) == NULL || sscanf(line, "%d", &number) != 1)
        return -1;
    by_number(sql, sizeof(sql), "id", number);
    // ok: assembled-sql-statement
    return sqlite3_exec(database, sql, NULL, NULL, NULL);
}

int ask_typed(sqlite3 *database)
{
    char sql[100];
    int number;
    if (scanf("%d", &number) != 1)
        return -1;
    by_bed(sql, sizeof(sql), number);
    // ok: assembled-sql-statement
    return sqlite3_exec(database, sql, NULL, NULL, NULL);
}

struct asked {
    int bed;
};

int ask_read(sqlite3 *database)
{
    struct asked asked;
    char sql[100];
    if (fread(&asked, sizeof(asked), 1, stdin) != 1)
        return -1;
    by_number(sql, sizeof(sql), "id", asked.bed);
    // ok: assembled-sql-statement
    return sqlite3_exec(database, sql, NULL, NULL, NULL);
}

int ask_word(sqlite3 *database)
{
    char line[32], column[32], sql[100];
    if (fgets(line, sizeof(line), stdin) == NULL || sscanf(line, "%31[^\n]", column) != 1)
        return -1;
    by_number(sql, sizeof(sql), column, 3);
    // ruleid: assembled-sql-statement
    return sqlite3_exec(database, sql, NULL, NULL, NULL);
}

#include <sqlite3.h>

struct account {
    char name[32];
    char secret[64];
};

int store(sqlite3 *database, sqlite3_stmt *row, const struct account *account)
{
    if (sqlite3_prepare_v2(database, "INSERT INTO users(name, password) VALUES(?1, ?2)", -1, &row, NULL) != SQLITE_OK)
        return -1;
    // ruleid: secret-stored-in-clear
    return sqlite3_bind_text(row, 2, account->secret, -1, SQLITE_TRANSIENT);
}

int rename_account(sqlite3 *database, sqlite3_stmt *row, const struct account *account)
{
    if (sqlite3_prepare_v2(database, "UPDATE users SET name = ?1", -1, &row, NULL) != SQLITE_OK)
        return -1;
    // ok: secret-stored-in-clear
    return sqlite3_bind_text(row, 1, account->secret, -1, SQLITE_TRANSIENT);
}

#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct user {
    char name[32];
    char password[32];
};

int keep(FILE *users, const struct user *u)
{
    // ok: secret-stored-in-clear
    fputs(u->name, users);
    // ruleid: secret-stored-in-clear
    return fputs(u->password, users);
}

int keep_pin(const char *pin)
{
    int fd = open("/data/pin", O_CREAT | O_WRONLY, 0600);
    // ruleid: secret-stored-in-clear
    int bad = write(fd, pin, strlen(pin)) < 0;
    close(fd);
    return bad;
}

int add(sqlite3 *db, const char *name, const char *password)
{
    sqlite3_stmt *st;
    if (sqlite3_prepare_v2(db, "INSERT INTO users (name, password) VALUES (?, ?)", -1, &st, NULL) != SQLITE_OK)
        return -1;
    // ok: secret-stored-in-clear
    sqlite3_bind_text(st, 1, name, -1, SQLITE_TRANSIENT);
    // ruleid: secret-stored-in-clear
    sqlite3_bind_text(st, 2, password, -1, SQLITE_TRANSIENT);
    return sqlite3_step(st);
}

int find(sqlite3 *db, const char *password_hash)
{
    sqlite3_stmt *st;
    if (sqlite3_prepare_v2(db, "UPDATE users SET password = ?", -1, &st, NULL) != SQLITE_OK)
        return -1;
    // ok: secret-stored-in-clear
    sqlite3_bind_text(st, 1, password_hash, -1, SQLITE_TRANSIENT);
    return sqlite3_step(st);
}

int hand_over(const char *password)
{
    FILE *program = popen("/usr/bin/unlock", "w");
    // ok: secret-stored-in-clear
    fputs(password, program);
    return pclose(program);
}

int keep_sealed(FILE *users, char *password)
{
    encrypt_in_place(password, strlen(password));
    // ok: secret-stored-in-clear
    return fputs(password, users);
}

void prompt(const char *password)
{
    // ok: secret-stored-in-clear
    fputs(password, stdout);
}

int keep_block(FILE *users, const char *passphrase)
{
    // ruleid: secret-stored-in-clear
    return fwrite(passphrase, 1, strlen(passphrase), users) == 0;
}

int exportPin(const char *pin)
{
    FILE *file = fopen("/sys/class/gpio/export", "w");
    // ok: secret-stored-in-clear
    return fputs(pin, file);
}

int gpioKeep(FILE *file, const char *pin)
{
    // ok: secret-stored-in-clear
    return fputs(pin, file);
}

int keepDerived(FILE *file, const char *typed)
{
    const char *password = crypt(typed, "$6$Xu1k2ZbQ");
    // ok: secret-stored-in-clear
    return fputs(password, file);
}

struct account {
    char name[32];
    char pass[32];
    int role;
};

int keepAccount(const struct account *a)
{
    FILE *file = fopen("accounts", "a");
    // ruleid: secret-stored-in-clear
    fprintf(file, "%s:%s:%d\n", a->name, a->pass, a->role);
    // ok: secret-stored-in-clear
    fprintf(file, "%s:%d\n", a->name, a->role);
    return fclose(file);
}

struct result {
    const char *name;
    int pass;
};

int keepResult(const struct result *r)
{
    FILE *file = fopen("results", "w");
    // ok: secret-stored-in-clear
    fprintf(file, "%s %d\n", r->name, r->pass);
    return fclose(file);
}

void store_result(const char *path, int ok)
{
    const char *pass = ok ? "PASS" : "FAIL";
    FILE *file = fopen(path, "w");
    // ok: secret-stored-in-clear
    fprintf(file, "self test: %s\n", pass);
    // ok: secret-stored-in-clear
    fputs(pass, file);
}

int store_secret(sqlite3 *database, sqlite3_stmt *row, const char *secret)
{
    if (sqlite3_prepare_v2(database, "INSERT INTO users(name, password) VALUES(?1, ?2)", -1, &row, NULL) != SQLITE_OK)
        return -1;
    // Elsewhere in the file something is hashed: it may be what is stored here.
    // ok: secret-stored-in-clear
    return sqlite3_bind_text(row, 2, secret, -1, SQLITE_TRANSIENT);
}

int write_secret(FILE *file, const char *secret)
{
    // ok: secret-stored-in-clear
    return fputs(secret, file);
}

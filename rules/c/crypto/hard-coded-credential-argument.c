#include <stdlib.h>

static int log_in(const char *user, const char *password)
{
    return send_login(user, password);
}

static int upload(const char *file, const char *user, const char *pass, int tries)
{
    return send_file(file, user, pass, tries);
}

static int unlock(const char *pw)
{
    return open_door(pw);
}

static int show(const char *title, const char *text)
{
    return print(title, text);
}

static int check(const char *given, const char *adminPassword)
{
    return compare(given, adminPassword);
}

int nightly(const char *file, const char *typed)
{
    // ruleid: hard-coded-credential-argument
    log_in("device", "n1ghtly!report");
    // ruleid: hard-coded-credential-argument
    upload(file, "device", "Upl0ad#1", 3);
    // ruleid: hard-coded-credential-argument
    unlock("letmein");
    // ruleid: hard-coded-credential-argument
    if (check(typed, "Adm1n!23"))
        return 1;
    // ok: hard-coded-credential-argument
    log_in("device2!x", getenv("REPORT_PASSWORD"));
    // ok: hard-coded-credential-argument
    upload("report-2.txt", "device", typed, 3);
    // ok: hard-coded-credential-argument
    unlock("");
    // ok: hard-coded-credential-argument
    unlock("/etc/door.pw2");
    // ok: hard-coded-credential-argument
    show("device", "n1ghtly!report");
    // ok: hard-coded-credential-argument
    return elsewhere("device", "n1ghtly!report");
}

static int derives(const char *password, const char *salt)
{
    return derive(password, salt);
}

static int vectorHolds(const char *password)
{
    return derive(password, "salt") == 0x0c60c80f;
}

int derivationSelfTest(void)
{
    // ok: hard-coded-credential-argument
    return derives("password", "salt") == 0x0c60c80f;
}

int begin(void)
{
    // ok: hard-coded-credential-argument
    return vectorHolds("password") && fromEnvironment("UPLOAD_PASS1");
}

static int fromEnvironment(const char *name_of_secret)
{
    return getenv(name_of_secret) != NULL;
}

static int chosen(const char *secret)
{
    return getenv(secret) != NULL;
}

int setUp(void)
{
    // ok: hard-coded-credential-argument
    return chosen("UPLOAD_PASS1");
}

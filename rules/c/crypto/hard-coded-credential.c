#include <stdbool.h>
#include <stdio.h>
#include <string.h>

// ruleid: hard-coded-credential
#define WIFI_PASSWORD "hunter2-ward5"
// ruleid: hard-coded-credential
#define SERVICE_PIN "4711"

// ok: hard-coded-credential
#define PASSWORD_FILE "/etc/pump/users"
// ok: hard-coded-credential
#define OPTION_PASSWORD "broker_password"
// ok: hard-coded-credential
#define LED_PIN "PA13"
// ok: hard-coded-credential
#define PASSWORD_SIZE 16

struct wifi {
    char ssid[33];
    char password[65];
    const char *prompt;
};

// ruleid: hard-coded-credential
static const char *service_password = "pump-field-2024";

// ruleid: hard-coded-credential
static const char apiToken[] = "c2VydmljZTpwdW1w";

static const struct wifi factory = {
    .ssid = "ward-devices",
    // ruleid: hard-coded-credential
    .password = "ChangeMe!",
    .prompt = "network",
};

bool service_login(const char *typed, const char *pin)
{
    // ruleid: hard-coded-credential
    char pin_code[8] = "0000";
    // ruleid: hard-coded-credential
    if (strcmp(pin, "9999") == 0) {
        return true;
    }
    return strcmp(typed, service_password) == 0 && pin_code[0] == '0';
}

void connect_to(struct wifi *wifi, const char *const *secret)
{
    // ruleid: hard-coded-credential
    secret[0] = *secret, wifi->prompt = wifi->ssid, service_password = "another-one";
}

/* Clean code. */

void ask(struct wifi *wifi, const char *given)
{
    // ok: hard-coded-credential
    const char *password_prompt = "Enter the password";
    // ok: hard-coded-credential
    const char *password = "";
    // ok: hard-coded-credential
    const char *passwd = "Password: ";
    // ok: hard-coded-credential
    const char *token_type = "Bearer";
    // ok: hard-coded-credential
    const char *pin = "GPIO4";
    // ok: hard-coded-credential
    const char *spinner = "|/-|";
    // ok: hard-coded-credential
    const char *tokenizer = "default";
    // ok: hard-coded-credential
    const char *secret_name = "pump/service";
    // ok: hard-coded-credential
    const char *token = NULL;
    // ok: hard-coded-credential
    snprintf(wifi->password, sizeof(wifi->password), "%s", given);
    // ok: hard-coded-credential
    const char *format_password = "%s:%s";
    // ok: hard-coded-credential
    if (strcmp(password, given) == 0) {
        puts(password_prompt);
    }
    printf("%s%s%s%s%s%s%s%s", passwd, token_type, pin, spinner, tokenizer, secret_name, token, format_password);
}

int login(const char *user, const char *pass, int round)
{
    // ruleid: hard-coded-credential
    if (strcmp(user, "service") == 0 && strcmp(pass, "Tr0ub4dor-77") == 0)
        return 1;
    // ok: hard-coded-credential
    if (strcmp(pass, "second") == 0)
        return round;
    // ruleid: hard-coded-credential
    const char *base = "https://uploader:Qx81-vreK@telemetry.example.com/api";
    // ok: hard-coded-credential
    const char *usage = "https://user:password@host/path";
    // ok: hard-coded-credential
    const char *plain = "https://telemetry.example.com:8443/a@b";
    // ok: hard-coded-credential
    const char *made = "https://%s:%s@telemetry.example.com/";
    return base == usage || plain == made;
}

// ok: hard-coded-credential
#define UPSTREAM_PASSWORD "([^@]*)"

struct account { const char *user; const char *pass; int role; };

static const struct account accounts[] = {
    // ok: hard-coded-credential
    { "user", "user_id", 0 },
    // ruleid: hard-coded-credential
    { "nurse", "ward7!", 1 },
    // ruleid: hard-coded-credential
    { "technician", "S3rv1ce#2019", 2 },
    // ok: hard-coded-credential
    { "admin", "$6$salt$digest", 3 },
    // ok: hard-coded-credential
    { "root", "/bin/sh", 4 },
    // ok: hard-coded-credential
    { "pulse", "bpm-60s", 5 },
};

int nightly(MYSQL *database, CURL *handle)
{
    // ruleid: hard-coded-credential
    mysql_real_connect(database, "db", "writer", "Wr1te-it", "results", 0, NULL, 0);
    // ok: hard-coded-credential
    mysql_real_connect(database, "db", "writer", NULL, "results", 0, NULL, 0);
    // ruleid: hard-coded-credential
    curl_easy_setopt(handle, CURLOPT_USERPWD, "device:s3cret");
    // ok: hard-coded-credential
    curl_easy_setopt(handle, CURLOPT_USERPWD, ":");
    // ruleid: hard-coded-credential
    PQconnectdb("host=db user=writer password=Wr1te");
    // ok: hard-coded-credential
    return PQconnectdb("host=db user=writer passfile=/etc/pgpass") != NULL;
}

struct setting defaults[] = {
    // ok: hard-coded-credential
    { "debug", "log_level2" },
    // ok: hard-coded-credential
    { "vendor", "0x1234" },
    // ok: hard-coded-credential
    { "guest", "vlan20" },
};

struct account serviceAccounts[] = {
    // ruleid: hard-coded-credential
    { "service", "Wr1te-it" },
};

void placeholders(CURL *handle)
{
    // ok: hard-coded-credential
    curl_easy_setopt(handle, CURLOPT_PASSWORD, "@PASSWORD@");
    // ok: hard-coded-credential
    curl_easy_setopt(handle, CURLOPT_KEYPASSWD, "CHANGE_ME");
    // ok: hard-coded-credential
    curl_easy_setopt(handle, CURLOPT_USERPWD, "anonymous:device@example.org");
}

static const struct login known[] = {
    // ruleid: hard-coded-credential
    { "maintenance", "Wr1te-it" },
};

static const struct {
    const char *name;
    const char *password;
} doors[] = {
    // ruleid: hard-coded-credential
    { "service", "Wr1te-it" },
};

// ok: hard-coded-credential
#define MAP_CONFIG_TOKEN "certSecName"
// ok: hard-coded-credential
static const char row_token[] = "ifXTable";
// ruleid: hard-coded-credential
#define GATEWAY_TOKEN "a83kd02mxq"
// ruleid: hard-coded-credential
#define ACCESS_TOKEN "correcthorse"
// ruleid: hard-coded-credential
static const char gateway_token[] = "a83kd02mxq";
// ruleid: hard-coded-credential
static const char session_token[] = "correcthorse";
static int authorised(const char *entry)
{
    // ruleid: hard-coded-credential
    return strcmp(entry, "S3rv1ce!2021") == 0;
}

static int login_with(const char *entry, const char *method)
{
    // ok: hard-coded-credential
    if (strcmp(entry, "Interactive") == 0)
        return 1;
    // ok: hard-coded-credential
    return strcmp(method, "Digest2Session") == 0;
}

static int is_part(const char *entry)
{
    // ok: hard-coded-credential
    return strcmp(entry, "Pump#12") == 0;
}

// ruleid: hard-coded-credential
#define DATABASE_PASS "Pump#4711"
// ok: hard-coded-credential
#define RESULT_PASS "passed"
// ruleid: hard-coded-credential
#define SERVICE_CODE "0815-4711"

int authorised(const char *given, const char *method)
{
    // ok: hard-coded-credential
    if (strcmp(method, "oauth2") == 0)
        return 0;
    // ruleid: hard-coded-credential
    return strcmp(given, "serv1ce-2019") == 0;
}

int may_log_in(const char *u, const char *p)
{
    // ruleid: hard-coded-credential
    return strcmp(u, "root") == 0 && strcmp(p, "toor") == 0;
}

int owner(const char *user, const char *group)
{
    // ok: hard-coded-credential
    return strcmp(user, "root") == 0 && strcmp(group, "wheel") == 0;
}

int unlock(unsigned code, unsigned pin)
{
    // ok: hard-coded-credential
    if (pin == 13)
        return 0;
    // ruleid: hard-coded-credential
    return code == 123456u;
}

const char *header(int basic)
{
    // ruleid: hard-coded-credential
    return basic ? "Authorization: Basic YWRtaW46YWRtaW4="
    // ok: hard-coded-credential
                 : "Authorization: Basic %s";
}

// ok: hard-coded-credential
#define MSG_PASS "\033[32mPASS\033[0m"
// ok: hard-coded-credential
#define FIRST_PASS "pass1"
// ok: hard-coded-credential
#define SERVICE_PIN "GPIO17"
// ok: hard-coded-credential
#define SERVICE_CODE "E1042"
// ok: hard-coded-credential
#define RESPONSE_LOGIN_PASS "UGFzc3dvcmQ6"

int ws_valid_close_code(unsigned code)
{
    // ok: hard-coded-credential
    return code != 1004;
}

int login_result(int code)
{
    // ok: hard-coded-credential
    return code == 2003 ? 0 : -1;
}

int is_allowed(const char *s)
{
    // ok: hard-coded-credential
    return strcmp(s, "wlan0") == 0;
}

int authenticate_reply(const char *line)
{
    // ok: hard-coded-credential
    return strncmp(line, "AUTH2", 5) == 0;
}

int apply(const char *tag, const char *value)
{
    // ok: hard-coded-credential
    return strcmp(tag, "service") == 0 && strcmp(value, "enabled") == 0;
}

void help(FILE *out)
{
    // ok: hard-coded-credential
    fputs("Authorization: Basic authentication is used", out);
    // ok: hard-coded-credential
    fputs("X-Api-Key: described in chapter 3", out);
}

const char *upload_token(void)
{
    const char *t = getenv("METER_TOKEN");

    // ruleid: hard-coded-credential
    return t != NULL && t[0] != '\0' ? t : "mt_7f3Kq82LxPa0";
}

const char *upload_secret(void)
{
    const char *t = getenv("METER_SECRET");

    if (t == NULL)
        // ruleid: hard-coded-credential
        t = "mt_7f3Kq82LxPa0";
    return t;
}

const char *upload_host(void)
{
    const char *t = getenv("METER_HOST");

    // ok: hard-coded-credential
    return t != NULL ? t : "meter-17-host";
}

const char *token_or_none(void)
{
    const char *t = getenv("METER_TOKEN");

    // ok: hard-coded-credential
    return t != NULL ? t : "";
}

int service_menu(void)
{
    char code[32];

    if (fgets(code, sizeof code, stdin) == NULL)
        return 1;
    code[strcspn(code, "\n")] = '\0';
    // ok: hard-coded-credential
    if (strcmp(code, "reset-all") == 0)
        return 2;
    // ok: hard-coded-credential
    if (strcmp(code, "aes-256-gcm") == 0)
        return 3;
    // ruleid: hard-coded-credential
    return strcmp(code, "tm-4519-open") != 0;
}

int known_code(const char *code)
{
    // ok: hard-coded-credential
    return strcmp(code, "tm-4519-open") == 0;
}

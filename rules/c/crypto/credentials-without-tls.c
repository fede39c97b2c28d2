#include <curl/curl.h>
#include <mosquitto.h>
#include <stdlib.h>

#define PLAIN_PORT 1883

static int fetch(const char *address, const char *user, const char *password)
{
    CURL *handle = curl_easy_init();
    // ruleid: credentials-without-tls
    curl_easy_setopt(handle, CURLOPT_URL, address);
    curl_easy_setopt(handle, CURLOPT_USERNAME, user);
    curl_easy_setopt(handle, CURLOPT_PASSWORD, password);
    return curl_easy_perform(handle);
}

static int fetch_safely(const char *address, const char *login)
{
    CURL *handle = curl_easy_init();
    // ok: credentials-without-tls
    curl_easy_setopt(handle, CURLOPT_URL, address);
    curl_easy_setopt(handle, CURLOPT_USERPWD, login);
    return curl_easy_perform(handle);
}

static int store(const char *host, const char *login)
{
    char address[128];
    CURL *handle = curl_easy_init();
    snprintf(address, sizeof address, "ftp://%s/in/", host);
    // ruleid: credentials-without-tls
    curl_easy_setopt(handle, CURLOPT_URL, address);
    curl_easy_setopt(handle, CURLOPT_USERPWD, login);
    return curl_easy_perform(handle);
}

static int look(void)
{
    CURL *handle = curl_easy_init();
    // ok: credentials-without-tls
    curl_easy_setopt(handle, CURLOPT_URL, "http://clinic.example.org/time");
    return curl_easy_perform(handle);
}

static int here(const char *login)
{
    CURL *handle = curl_easy_init();
    // ok: credentials-without-tls
    curl_easy_setopt(handle, CURLOPT_URL, "http://127.0.0.1:8080/state");
    curl_easy_setopt(handle, CURLOPT_USERPWD, login);
    return curl_easy_perform(handle);
}

static int mail(const char *login)
{
    CURL *handle = curl_easy_init();
    // ok: credentials-without-tls
    curl_easy_setopt(handle, CURLOPT_URL, "smtp://mail.example.org:587");
    curl_easy_setopt(handle, CURLOPT_USE_SSL, CURLUSESSL_ALL);
    curl_easy_setopt(handle, CURLOPT_USERPWD, login);
    return curl_easy_perform(handle);
}

static int publish(struct mosquitto *client, const char *host, int port)
{
    mosquitto_username_pw_set(client, getenv("MQTT_USER"), getenv("MQTT_PASSWORD"));
    // ruleid: credentials-without-tls
    mosquitto_connect(client, host, 1883, 60);
    // ok: credentials-without-tls
    mosquitto_connect(client, "localhost", 1883, 60);
    // ok: credentials-without-tls
    return mosquitto_connect(client, host, 8883, 60);
}

static int bearer(CURL *handle)
{
    // ruleid: credentials-without-tls
    curl_easy_setopt(handle, CURLOPT_URL, "http://api.example.org/v1");
    curl_easy_setopt(handle, CURLOPT_XOAUTH2_BEARER, getenv("TOKEN"));
    return curl_easy_perform(handle);
}

int main(int argc, char **argv)
{
    fetch_safely("https://clinic.example.org/list", getenv("CLINIC_LOGIN"));
    return fetch("http://clinic.example.org/list", argv[1], getenv("CLINIC_PASSWORD"));
}

void digested(CURL *handle, const char *password)
{
    curl_easy_setopt(handle, CURLOPT_HTTPAUTH, CURLAUTH_DIGEST);
    curl_easy_setopt(handle, CURLOPT_PASSWORD, password);
    // ok: credentials-without-tls
    curl_easy_setopt(handle, CURLOPT_URL, "http://device.example.org/status");
}

void nobody(CURL *handle)
{
    curl_easy_setopt(handle, CURLOPT_USERPWD, "anonymous:device@example.org");
    // ok: credentials-without-tls
    curl_easy_setopt(handle, CURLOPT_URL, "ftp://mirror.example.org/list");
}

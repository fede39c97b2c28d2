#include <string.h>

struct order { const char *kind; char target[16]; };

int is_stop(const char *command, char *argument)
{
    // ruleid: string-compared-by-address
    if (command == "stop")
        return 1;
    // ruleid: string-compared-by-address
    if (argument != "")
        return 0;
    // ruleid: string-compared-by-address
    if ("halt" == command)
        return 1;
    // ok: string-compared-by-address
    if (strcmp(command, "stop") == 0)
        return 1;
    // ok: string-compared-by-address
    return command == argument;
}

int is_order(struct order *order)
{
    // ruleid: string-compared-by-address
    if (order->kind == "dose")
        return 1;
    // ok: string-compared-by-address
    return order->kind == NULL;
}

int main(int argc, char **argv)
{
    // ruleid: string-compared-by-address
    if (argc > 1 && argv[1] == "stop")
        return 1;
    // ok: string-compared-by-address
    if (argc > 1 && argv[1] == NULL)
        return 1;
    // ok: string-compared-by-address
    if (argc > 1 && *argv[1] == 's')
        return 1;
    return 0;
}

int is_default(const char *service)
{
    const char *standard = "host";
    const char *chosen = service != NULL ? service : standard;
    // ok: string-compared-by-address
    return chosen == standard;
}

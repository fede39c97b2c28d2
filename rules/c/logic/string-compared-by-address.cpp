#include <string>

int is_stop(const std::string &command, const char *text)
{
    // ok: string-compared-by-address
    if (command == "stop")
        return 1;
    // ruleid: string-compared-by-address
    return text == "stop";
}

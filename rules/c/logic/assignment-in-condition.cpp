bool is_plain(const char *text)
{
    for (const char *c = text; *c != 0; c++) {
        // ok: assignment-in-condition
        if (*c < 32 || *c >= 127)
            return false;
    }
    return true;
}

bool is_mode(int mode)
{
    // ruleid: assignment-in-condition
    if (mode = 3)
        return true;
    return false;
}

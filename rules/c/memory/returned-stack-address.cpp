#include <string>

struct Reading {
    int value;
};

class Formatter {
  public:
    const char *text(int code) const;
    std::string line(int code) const;
    Reading *find(int id);

  private:
    Reading readings[4];
};

const char *Formatter::text(int code) const
{
    char buffer[16];
    buffer[0] = static_cast<char>('0' + code);
    buffer[1] = '\0';
    // ruleid: returned-stack-address
    return buffer;
}

std::string Formatter::line(int code) const
{
    char buffer[16];
    buffer[0] = static_cast<char>('0' + code);
    buffer[1] = '\0';
    // ok: returned-stack-address
    return buffer;
}

/* An unknown macro before the name of a class must not make its members local variables. */
class PUMP_EXPORT Table : public Formatter {
  public:
    // ok: returned-stack-address
    Reading *first() { return &reading; }

  private:
    Reading reading;
};

Reading *Formatter::find(int id)
{
    Reading &found = readings[id];
    // ok: returned-stack-address
    return &found;
}

static Reading *lost(int id)
{
    Reading reading;
    reading.value = id;
    // ruleid: returned-stack-address
    return &reading;
}

#include <string>

namespace pump {

class Service {
  public:
    bool login(const std::string &entered) const;

  private:
    // ok: hard-coded-credential
    std::string password_;
};

// ruleid: hard-coded-credential
static constexpr const char *servicePassword = "field-service-1";

bool Service::login(const std::string &entered) const
{
    // ruleid: hard-coded-credential
    const std::string password = "another-one";
    // ok: hard-coded-credential
    const std::string password_label = "Your password";
    return entered == password || entered == password_label;
}

} // namespace pump

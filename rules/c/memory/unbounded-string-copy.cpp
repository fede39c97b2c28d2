#include <cstring>
#include <string>

class Label {
  public:
    explicit Label(const char *text);
    ~Label() { delete[] text_; }
    void rename(const char *text);
    void rename(const std::string &text);
    int set(const char *text);

  private:
    char *text_;
    char shown_[16];
};

Label::Label(const char *text) : text_(nullptr)
{
    text_ = new char[strlen(text) + 1];
    // ok: unbounded-string-copy
    strcpy(text_, text);
}

void Label::rename(const char *text)
{
    // ruleid: unbounded-string-copy
    strcpy(this->shown_, text);
}

void Label::rename(const std::string &text)
{
    // ruleid: unbounded-string-copy
    strcpy(this->shown_, text.c_str());
    // ok: unbounded-string-copy
    std::string copy = text;
}

int Label::set(const char *text)
{
    if (strlen(text) >= sizeof(shown_)) {
        return -1;
    }
    // ok: unbounded-string-copy
    strcpy(shown_, text);
    return 0;
}

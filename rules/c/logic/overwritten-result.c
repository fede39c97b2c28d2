#include <stdint.h>

int verify(const uint8_t *image);
int burn(const uint8_t *image);

int install(const uint8_t *image)
{
    int rc;
    // ruleid: overwritten-result
    rc = verify(image);
    rc = 0;
    return rc;
}

int install_both(const uint8_t *image)
{
    int status;
    // ruleid: overwritten-result
    status = verify(image);
    status = burn(image);
    return status;
}

int install_quietly(const uint8_t *image)
{
    int err = -1;
    if (image != 0) {
        // ruleid: overwritten-result
        err = burn(image);
        err = 0;
    }
    return err;
}

int install_loop(const uint8_t *image, int n)
{
    int ret = 0;
    while (n-- > 0) {
        // ruleid: overwritten-result
        ret = burn(image);
        ret = n;
    }
    return ret;
}

int install_checked(const uint8_t *image)
{
    int rc;
    // ok: overwritten-result
    rc = verify(image);
    if (rc != 0)
        return rc;
    // ok: overwritten-result
    rc = burn(image);
    rc = rc == 0 ? 0 : -1;
    return rc;
}

int sum(const uint8_t *image)
{
    int result;
    // ok: overwritten-result
    result = verify(image);
    result += burn(image);
    return result;
}

int status_of(int status)
{
    // ok: overwritten-result
    status = burn(0) + status;
    return status;
}

void counts(const uint8_t *image, int *result)
{
    int first, second;
    // ok: overwritten-result
    first = verify(image);
    second = burn(image);
    // ok: overwritten-result
    *result = first + second;
}

#include <stdio.h>

int ready(void);

int check(int role, int n)
{
    // ruleid: empty-condition-body
    if (role != 1);
    {
        return -1;
    }
    // ruleid: empty-condition-body
    for (int i = 0; i < n; i++);
    {
        printf("step\n");
    }
    // ruleid: empty-condition-body
    while (n-- > 0);
    {
        printf("step\n");
    }
    // ruleid: empty-condition-body
    if (n > 3) ;
    {
        printf("many\n");
    }
    // ok: empty-condition-body
    while (!ready());
    // ok: empty-condition-body
    if (role == 1) {
        return 0;
    }
    // ok: empty-condition-body
    for (n = 0; n < 10 && !ready(); n++)
        ;
    // ok: empty-condition-body
    if (role == 2) {
    }
    {
        int inner = 3;
        printf("%d\n", inner);
    }
    // ok: empty-condition-body
    while (!ready()) {
    }
    // ok: empty-condition-body
    if (n == 4)
        printf("four\n");
    return 0;
}

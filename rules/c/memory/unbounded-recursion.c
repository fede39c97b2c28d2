#include <stdlib.h>

int sum(int n)
{
    // ruleid: unbounded-recursion
    return n + sum(n - 1);
}

int sum_with_end(int n)
{
    // ok: unbounded-recursion
    return n <= 0 ? 0 : n + sum_with_end(n - 1);
}

int both_ways(int n)
{
    if (n > 0) {
        // ruleid: unbounded-recursion
        return both_ways(n - 1);
    }
    return both_ways(n + 1);
}

int one_way(int n)
{
    if (n > 0) {
        // ok: unbounded-recursion
        return one_way(n - 1);
    }
    return n;
}

int ends_the_program(int n)
{
    if (n > 10) {
        exit(0);
    }
    // ok: unbounded-recursion
    return ends_the_program(n + 1);
}

struct node {
    struct node *left;
    struct node *right;
};

int depth(const struct node *node)
{
    // ok: unbounded-recursion
    return node != NULL && (depth(node->left) + 1 > depth(node->right));
}

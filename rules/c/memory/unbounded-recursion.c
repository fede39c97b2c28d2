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

void restart(int *state)
{
    *state = 0;
    // ruleid: unbounded-recursion
    restart(state);
}

int in_a_condition(int n)
{
    // ruleid: unbounded-recursion
    if (in_a_condition(n + 1) > 3) {
        return 1;
    }
    return 0;
}

int first_of(const struct node *node)
{
    while (node != NULL) {
        node = node->left;
    }
    // ok: unbounded-recursion
    return node == NULL ? 0 : first_of(node);
}

int by_levels(const struct node *node, int level)
{
    if (level == 0 || node == NULL) {
        return 0;
    }
    // ok: unbounded-recursion
    return 1 + by_levels(node->right, level - 1);
}

void once(int again)
{
    if (again) {
        // ok: unbounded-recursion
        once(0);
    }
}

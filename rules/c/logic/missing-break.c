#include <stdio.h>

enum state { IDLE, PRIME, INFUSE };

struct pump { int rate; int step; };

int rate_of(enum state state)
{
    int rate = 0;
    switch (state) {
    // ruleid: missing-break
    case PRIME:
        rate = 15;
    case INFUSE:
        rate = 30;
        break;
    // ok: missing-break
    case IDLE:
        rate = 0;
        break;
    }
    return rate;
}

void set_rate(struct pump *pump, int how)
{
    switch (how) {
    case 0:
        pump->rate = 1;
        break;
    // ruleid: missing-break
    case 1:
        pump->step = 2;
        pump->rate = 2;
    default:
        pump->rate = 3;
    }
}

void name(int how)
{
    switch (how) {
    // ruleid: missing-break
    case 0:
        printf("idle\n");
    case 1:
        printf("running\n");
        break;
    // ok: missing-break
    case 2:
        printf("stopped\n");
        break;
    }
    switch (how) {
    // ruleid: missing-break
    case 0:
        puts("low");
    default:
        puts("high");
        return;
    }
}

int meant(int how, struct pump *pump)
{
    int n = 0;
    switch (how) {
    // ok: missing-break
    case 0:
        n = 1;
        /* fall through */
    case 1:
        n = 2;
        break;
    // ok: missing-break
    case 2:
    case 3:
        n = 3;
        break;
    // ok: missing-break
    case 4:
        n = 4;
        pump->rate = 1;
    case 5:
        n = n + 1;
        break;
    // ok: missing-break
    case 6:
        n = 6;
    case 7:
        n = n * 2;
        break;
    // ok: missing-break
    case 8:
        n = 8;
        return n;
    case 9:
        n = 9;
        break;
    // ok: missing-break
    case 10:
        n = 7;
        __attribute__((fallthrough));
    case 11:
        n = 8;
        break;
    }
    return n;
}

void unrolled(char *to, const char *from, int n)
{
    switch (n) {
    // ok: missing-break
    case 3:
        *to++ = *from++;
    case 2:
        *to++ = *from++;
    case 1:
        *to++ = *from++;
    }
}

struct infusion { int running; int held; int rate; };

int command(struct infusion *infusion, int what, int rate)
{
    switch (what) {
    // ok: missing-break
    case 1:
        infusion->rate = rate;
        infusion->running = 1;
        break;
    // ruleid: missing-break
    case 2:
        infusion->held = 1;
    case 3:
        infusion->running = 0;
        break;
    default:
        return -1;
    }
    switch (what) {
    // ok: missing-break
    case 4:
        usage();
    case 5:
        return 1;
    case 6:
        return 2;
    // ok: missing-break
    default:
        rate++;
    }
    return rate;
}

int two_go_on(struct infusion *infusion, int what)
{
    switch (what) {
    case 0:
        return 0;
    // ok: missing-break
    case 1:
        infusion->rate++;
    case 2:
        infusion->running = 1;
        break;
    // ok: missing-break
    case 3:
        infusion->held = 0;
    case 4:
        infusion->held++;
        break;
    default:
        return -1;
    }
    return 1;
}

struct blanket {
    int level;
    int on;
};

int apply(struct blanket *b, char command, int value)
{
    switch (command) {
    case 'o':
        b->on = 1;
        break;
    // ruleid: missing-break
    case 'l':
        if (value > 5)
            return -1;
        b->level = value;
    case 'x':
        b->on = 0;
        b->level = 0;
        break;
    default:
        return -1;
    }
    return 0;
}

int apply_rightly(struct blanket *b, char command, int value)
{
    switch (command) {
    case 'o':
        b->on = 1;
        break;
    // ok: missing-break
    case 'l':
        b->level = value;
        /* falls through */
    case 'x':
        b->on = 0;
        b->level = 0;
        break;
    default:
        return -1;
    }
    return 0;
}

int inflate_more(struct stream *stream)
{
    switch (stream->mode) {
    // ok: missing-break
    case FLAGS:
        stream->flags = stream->hold;
        reset_bits(stream);
        stream->mode = TIME;
    case TIME:
        if (stream->head) {
            stream->head->time = stream->hold;
        }
        break;
    case OS:
        stream->os = 1;
        return 1;
    }
    return 0;
}

int unpack_more(struct stream *stream)
{
    switch (stream->mode) {
    case FLAGS:
        if (stream->hold)
            return 1;
        break;
    // ok: missing-break
    case TIME:
        stream->flags = 0;
        stream->mode = OS;
    // ok: missing-break
    case OS: {
        stream->os = 1;
        stream->mode = TAIL;
    }
    // ruleid: missing-break
    case TAIL:
        stream->flags = 1;
        stream->mode = OS;
    case BAD:
        stream->mode = TIME;
        break;
    }
    return 0;
}

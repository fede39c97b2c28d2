#include <stdint.h>

struct dose { double ml_per_h; int whole; };

int steps(struct dose *dose, float share)
{
    // ruleid: cut-before-scaling
    int steps = (int)dose->ml_per_h * 10;
    // ruleid: cut-before-scaling
    steps += (uint32_t)share * 100;
    // ok: cut-before-scaling
    steps += (int)(dose->ml_per_h * 10);
    // ok: cut-before-scaling
    steps += (long)dose->whole * 10;
    return steps;
}

long more(double volts, double factor, int raw)
{
    // ruleid: cut-before-scaling
    long millivolts = (long)volts * 1000;
    // ruleid: cut-before-scaling
    unsigned tenths = (unsigned)volts * 10u;
    // ok: cut-before-scaling
    millivolts += (long)(volts * 1000.0);
    // ok: cut-before-scaling
    millivolts += (long)raw * 1000;
    // ok: cut-before-scaling
    millivolts += (int)volts;
    // ok: cut-before-scaling
    millivolts += (long)(volts * factor) * 2;
    return millivolts + tenths;
}

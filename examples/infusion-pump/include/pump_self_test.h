/**
 * @file pump_self_test.h
 * @brief What must work before the pump may be used.
 */
#ifndef PUMP_SELF_TEST_H
#define PUMP_SELF_TEST_H

#include "pump_status.h"

#include <stdbool.h>

/** Runs all tests; on the first failure the pump stays unusable. */
pump_status_t pump_self_test_run(void);

/** @return whether the last run passed. */
bool pump_self_test_passed(void);

#endif

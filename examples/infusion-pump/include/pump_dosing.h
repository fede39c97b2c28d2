/**
 * @file pump_dosing.h
 * @brief The infusion programme: limits, states, delivery.
 *
 * Units: volumes in microlitres, rates in microlitres an hour. No floating point.
 */
#ifndef PUMP_DOSING_H
#define PUMP_DOSING_H

#include "pump_status.h"

#include <stdbool.h>
#include <stdint.h>

/** What the mechanism can deliver at all. */
#define PUMP_RATE_MIN_ULH 100U
#define PUMP_RATE_MAX_ULH 999000U
#define PUMP_VOLUME_MAX_UL 1000000U
#define PUMP_BOLUS_MAX_UL 10000U

typedef enum { PUMP_DOSING_IDLE = 0, PUMP_DOSING_READY, PUMP_DOSING_RUNNING, PUMP_DOSING_DONE } pump_dosing_state_t;

typedef struct {
    uint16_t drug_id;    /**< entry of the drug library */
    uint32_t rate_ulh;   /**< microlitres an hour */
    uint32_t volume_ul;  /**< volume to be infused */
} pump_program_t;

/** Checks and takes over a programme; nothing is delivered yet. */
pump_status_t pump_dosing_program(const pump_program_t *program);

/** Starts delivery. */
pump_status_t pump_dosing_start(void);

/** Stops delivery at once; always allowed. */
void pump_dosing_stop(const char *reason);

/** Delivers an extra volume at the maximum rate of the drug. */
pump_status_t pump_dosing_bolus(uint32_t volume_ul);

/** Delivers what is due; call every 100 ms. */
void pump_dosing_tick(uint32_t elapsed_ms);

/** @return the present state. */
pump_dosing_state_t pump_dosing_state(void);

/** @return microlitres delivered since the programme began. */
uint32_t pump_dosing_delivered_ul(void);

/** @return the drug of the present programme, 0 before the first. */
uint16_t pump_dosing_drug(void);

/** @return whether a motor runs or may run at any moment. */
bool pump_dosing_active(void);

#endif

/**
 * @file dosing.c
 * @brief The infusion programme: limits, states, delivery.
 */
#define PUMP_LOG_MODULE "dosing"

#include "pump_dosing.h"

#include "pump_alarms.h"
#include "pump_audit_log.h"
#include "pump_drug_library.h"
#include "pump_log.h"
#include "pump_motor.h"

#include <stddef.h>
#include <stdio.h>

#define MS_PER_HOUR 3600000ULL

/** Allowed difference between commanded and measured volume: 5 %, at least 100 microlitres. */
#define DEVIATION_DIVISOR 20U
#define DEVIATION_FLOOR_UL 100U

static pump_program_t program;
static pump_dosing_state_t state = PUMP_DOSING_IDLE;
static uint32_t delivered_ul;
static uint32_t bolus_left_ul;
static uint64_t remainder_ul_ms; /* below one microlitre, scaled by MS_PER_HOUR */

/**
 * Limits of the mechanism and of the drug hold for every programme, wherever it comes from.
 * [SR-INT-004@2]
 */
static pump_status_t check_limits(const pump_program_t *candidate)
{
    pump_drug_t drug;

    if (candidate->rate_ulh < PUMP_RATE_MIN_ULH || candidate->rate_ulh > PUMP_RATE_MAX_ULH) {
        return PUMP_ERR_RANGE;
    }
    if (candidate->volume_ul == 0U || candidate->volume_ul > PUMP_VOLUME_MAX_UL) {
        return PUMP_ERR_RANGE;
    }
    const pump_status_t status = pump_drug_library_find(candidate->drug_id, &drug);
    if (status != PUMP_OK) {
        return status;
    }
    if (candidate->rate_ulh > drug.hard_max_ulh) {
        LOG_WARN("rate above the limit of drug %u", (unsigned int)candidate->drug_id);
        return PUMP_ERR_RANGE;
    }
    return PUMP_OK;
}

/** [SR-INT-004, SR-LOG-001] */
pump_status_t pump_dosing_program(const pump_program_t *candidate)
{
    char detail[64];

    if (candidate == NULL) {
        return PUMP_ERR_ARGUMENT;
    }
    if (state == PUMP_DOSING_RUNNING) {
        return PUMP_ERR_STATE;
    }
    pump_status_t status = check_limits(candidate);
    if (status != PUMP_OK) {
        return status;
    }
    (void)snprintf(detail, sizeof(detail), "drug %u rate %lu volume %lu", (unsigned int)candidate->drug_id,
                   (unsigned long)candidate->rate_ulh, (unsigned long)candidate->volume_ul);
    status = pump_audit_append(PUMP_AUDIT_PROGRAM_CHANGED, detail);
    if (status != PUMP_OK) {
        return status;
    }
    program = *candidate;
    delivered_ul = 0U;
    bolus_left_ul = 0U;
    remainder_ul_ms = 0U;
    pump_motor_begin_measurement();
    state = PUMP_DOSING_READY;
    return PUMP_OK;
}

/** [SR-LOG-001] */
pump_status_t pump_dosing_start(void)
{
    if (state != PUMP_DOSING_READY) {
        return PUMP_ERR_STATE;
    }
    pump_status_t status = pump_motor_enable();
    if (status == PUMP_OK) {
        status = pump_audit_append(PUMP_AUDIT_INFUSION_STARTED, "programme started");
    }
    if (status != PUMP_OK) {
        pump_motor_stop();
        return status;
    }
    state = PUMP_DOSING_RUNNING;
    return PUMP_OK;
}

/** [SR-LOG-001] */
void pump_dosing_stop(const char *reason)
{
    pump_motor_stop();
    if (state == PUMP_DOSING_RUNNING) {
        state = PUMP_DOSING_READY;
        (void)pump_audit_append(PUMP_AUDIT_INFUSION_STOPPED, reason);
    }
    bolus_left_ul = 0U;
}

/**
 * A bolus may not take the total above the programme's volume.
 * [SR-INT-004@1, SR-LOG-001]
 */
pump_status_t pump_dosing_bolus(uint32_t volume_ul)
{
    char detail[32];

    if (state != PUMP_DOSING_RUNNING) {
        return PUMP_ERR_STATE;
    }
    if (volume_ul == 0U || volume_ul > PUMP_BOLUS_MAX_UL ||
        volume_ul > program.volume_ul - delivered_ul - bolus_left_ul) {
        return PUMP_ERR_RANGE;
    }
    (void)snprintf(detail, sizeof(detail), "bolus %lu", (unsigned long)volume_ul);
    const pump_status_t status = pump_audit_append(PUMP_AUDIT_PROGRAM_CHANGED, detail);
    if (status != PUMP_OK) {
        return status;
    }
    bolus_left_ul += volume_ul;
    return PUMP_OK;
}

/** Whole microlitres due after @p elapsed_ms; the rest is carried over. */
static uint32_t volume_due(uint32_t elapsed_ms)
{
    const uint64_t scaled = (uint64_t)program.rate_ulh * elapsed_ms + remainder_ul_ms;

    remainder_ul_ms = scaled % MS_PER_HOUR;
    return (uint32_t)(scaled / MS_PER_HOUR);
}

/**
 * What the encoder saw must agree with what was commanded; otherwise the pump stops and calls.
 * [SR-INT-006]
 */
static bool delivery_agrees(void)
{
    const uint32_t measured = pump_motor_measured_ul();
    const uint32_t difference = (measured > delivered_ul) ? measured - delivered_ul : delivered_ul - measured;
    uint32_t allowed = delivered_ul / DEVIATION_DIVISOR;

    if (allowed < DEVIATION_FLOOR_UL) {
        allowed = DEVIATION_FLOOR_UL;
    }
    return difference <= allowed;
}

/** [SR-INT-006] */
void pump_dosing_tick(uint32_t elapsed_ms)
{
    if (state != PUMP_DOSING_RUNNING) {
        return;
    }
    uint32_t due = volume_due(elapsed_ms) + bolus_left_ul;
    const uint32_t left = program.volume_ul - delivered_ul;
    if (due > left) {
        due = left;
    }
    bolus_left_ul = 0U;
    if (due > 0U) {
        const pump_status_t status = pump_motor_deliver(due);
        if (status != PUMP_OK) {
            pump_dosing_stop("motor");
            pump_alarm_raise(PUMP_ALARM_OCCLUSION);
            return;
        }
        delivered_ul += due;
    }
    if (!delivery_agrees()) {
        pump_dosing_stop("deviation");
        pump_alarm_raise(PUMP_ALARM_DEVIATION);
        return;
    }
    if (delivered_ul >= program.volume_ul) {
        pump_dosing_stop("complete");
        state = PUMP_DOSING_DONE;
        pump_alarm_raise(PUMP_ALARM_COMPLETE);
    }
}

pump_dosing_state_t pump_dosing_state(void)
{
    return state;
}

uint32_t pump_dosing_delivered_ul(void)
{
    return delivered_ul;
}

uint16_t pump_dosing_drug(void)
{
    return program.drug_id;
}

bool pump_dosing_active(void)
{
    return state == PUMP_DOSING_RUNNING;
}

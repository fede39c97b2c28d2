/**
 * @file pump_command_parser.h
 * @brief Text commands of the handheld: grammar and execution.
 *
 *     LOGIN name digits      OPEN patient          BED label        CLOSE
 *     PROGRAM drug rate volume                     BOLUS volume
 *     START                  STOP                  SILENCE          STATUS
 *
 * Rates and volumes have at most three decimals: 12.5 (millilitres an hour), 0.25 (millilitres).
 */
#ifndef PUMP_COMMAND_PARSER_H
#define PUMP_COMMAND_PARSER_H

#include "pump_dosing.h"
#include "pump_status.h"

#include <stddef.h>
#include <stdint.h>

#define PUMP_COMMAND_MAX_SIZE 64U
#define PUMP_COMMAND_WORD_SIZE 24U

typedef enum {
    PUMP_COMMAND_LOGIN = 0,
    PUMP_COMMAND_OPEN,
    PUMP_COMMAND_BED,
    PUMP_COMMAND_CLOSE,
    PUMP_COMMAND_PROGRAM,
    PUMP_COMMAND_BOLUS,
    PUMP_COMMAND_START,
    PUMP_COMMAND_STOP,
    PUMP_COMMAND_SILENCE,
    PUMP_COMMAND_STATUS,
    PUMP_COMMAND_COUNT
} pump_command_kind_t;

typedef struct {
    pump_command_kind_t kind;
    char subject[PUMP_COMMAND_WORD_SIZE]; /**< user, patient or bed */
    char digits[PUMP_COMMAND_WORD_SIZE];  /**< what the user typed to log in */
    pump_program_t program;
    uint32_t volume_ul;
} pump_command_t;

/** Reads a command; @p command is valid only with PUMP_OK. */
pump_status_t pump_command_parse(const char *text, pump_command_t *command);

/** Checks the user's role and carries the command out. */
pump_status_t pump_command_execute(const pump_command_t *command);

/** Reads a decimal number with up to three decimals as thousandths. */
pump_status_t pump_command_read_milli(const char *word, uint32_t *milli);

#endif

/**
 * @file command_parser.c
 * @brief Text commands of the handheld: grammar and execution.
 */
#define PUMP_LOG_MODULE "command"

#include "pump_command_parser.h"

#include "pump_access.h"
#include "pump_alarms.h"
#include "pump_crypto.h"
#include "pump_log.h"
#include "pump_session.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_WORDS 4U
#define MAX_MILLI 4000000000U

typedef struct {
    const char *verb;
    pump_command_kind_t kind;
    size_t word_count; /**< the verb included */
    pump_action_t action;
} grammar_entry_t;

static const grammar_entry_t grammar[PUMP_COMMAND_COUNT] = {
    {"LOGIN", PUMP_COMMAND_LOGIN, 3U, PUMP_ACTION_READ_STATUS},
    {"OPEN", PUMP_COMMAND_OPEN, 2U, PUMP_ACTION_PROGRAM},
    {"BED", PUMP_COMMAND_BED, 2U, PUMP_ACTION_PROGRAM},
    {"CLOSE", PUMP_COMMAND_CLOSE, 1U, PUMP_ACTION_PROGRAM},
    {"PROGRAM", PUMP_COMMAND_PROGRAM, 4U, PUMP_ACTION_PROGRAM},
    {"BOLUS", PUMP_COMMAND_BOLUS, 2U, PUMP_ACTION_PROGRAM},
    {"START", PUMP_COMMAND_START, 1U, PUMP_ACTION_START},
    {"STOP", PUMP_COMMAND_STOP, 1U, PUMP_ACTION_STOP},
    {"SILENCE", PUMP_COMMAND_SILENCE, 1U, PUMP_ACTION_SILENCE},
    {"STATUS", PUMP_COMMAND_STATUS, 1U, PUMP_ACTION_READ_STATUS},
};

static const grammar_entry_t *find_verb(const char *word)
{
    for (size_t i = 0U; i < PUMP_COMMAND_COUNT; i++) {
        if (strcmp(grammar[i].verb, word) == 0) {
            return &grammar[i];
        }
    }
    return NULL;
}

/** Splits @p text in place at its blanks. */
static size_t split_words(char *text, char *words[MAX_WORDS + 1U])
{
    size_t count = 0U;
    char *word = strtok(text, " ");

    while (word != NULL && count <= MAX_WORDS) {
        words[count] = word;
        count++;
        word = strtok(NULL, " ");
    }
    return count;
}

/**
 * Every digit counts: a value with anything else in it, or with too many decimals, is refused rather than rounded.
 * [SR-INT-003]
 */
pump_status_t pump_command_read_milli(const char *word, uint32_t *milli)
{
    uint64_t value = 0U;
    unsigned int decimals = 0U;
    bool point = false;
    bool any = false;

    if (word == NULL || milli == NULL) {
        return PUMP_ERR_ARGUMENT;
    }
    for (; *word != '\0'; word++) {
        if (*word == '.' && !point && any) {
            point = true;
            continue;
        }
        if (*word < '0' || *word > '9' || decimals == 3U) {
            return PUMP_ERR_ARGUMENT;
        }
        any = true;
        value = value * 10U + (uint64_t)(*word - '0');
        if (point) {
            decimals++;
        }
        if (value > MAX_MILLI) {
            return PUMP_ERR_RANGE;
        }
    }
    if (!any || (point && decimals == 0U)) {
        return PUMP_ERR_ARGUMENT;
    }
    for (; decimals < 3U; decimals++) {
        value *= 10U;
    }
    if (value > MAX_MILLI) {
        return PUMP_ERR_RANGE;
    }
    *milli = (uint32_t)value;
    return PUMP_OK;
}

static pump_status_t read_program(char *words[MAX_WORDS + 1U], pump_program_t *program)
{
    program->drug_id = (uint16_t)atoi(words[1]);
    pump_status_t status = pump_command_read_milli(words[2], &program->rate_ulh);
    if (status == PUMP_OK) {
        status = pump_command_read_milli(words[3], &program->volume_ul);
    }
    return status;
}

/**
 * A command is either understood completely or refused completely.
 * [SR-INT-003]
 */
pump_status_t pump_command_parse(const char *text, pump_command_t *command)
{
    char copy[PUMP_COMMAND_MAX_SIZE + 1U];
    char *words[MAX_WORDS + 1U] = {NULL};

    if (text == NULL || command == NULL || strlen(text) > PUMP_COMMAND_MAX_SIZE) {
        return PUMP_ERR_ARGUMENT;
    }
    (void)snprintf(copy, sizeof(copy), "%s", text);
    const size_t count = split_words(copy, words);
    if (count == 0U) {
        return PUMP_ERR_ARGUMENT;
    }
    const grammar_entry_t *entry = find_verb(words[0]);
    if (entry == NULL) {
        return PUMP_ERR_NOT_FOUND;
    }
    if (count != entry->word_count) {
        return PUMP_ERR_ARGUMENT;
    }

    memset(command, 0, sizeof(*command));
    command->kind = entry->kind;
    switch (entry->kind) {
    case PUMP_COMMAND_LOGIN:
        (void)snprintf(command->digits, sizeof(command->digits), "%s", words[2]);
        strcpy(command->subject, words[1]);
        return PUMP_OK;
    case PUMP_COMMAND_OPEN:
    case PUMP_COMMAND_BED:
        if (strlen(words[1]) >= sizeof(command->subject)) {
            return PUMP_ERR_RANGE;
        }
        (void)snprintf(command->subject, sizeof(command->subject), "%s", words[1]);
        return PUMP_OK;
    case PUMP_COMMAND_PROGRAM:
        return read_program(words, &command->program);
    case PUMP_COMMAND_BOLUS:
        return pump_command_read_milli(words[1], &command->volume_ul);
    case PUMP_COMMAND_CLOSE:
    case PUMP_COMMAND_START:
    case PUMP_COMMAND_STOP:
    case PUMP_COMMAND_SILENCE:
    case PUMP_COMMAND_STATUS:
    case PUMP_COMMAND_COUNT:
        break;
    }
    return PUMP_OK;
}

/** The record is kept before the patient is forgotten; without a record the session stays open. */
static pump_status_t close_session(void)
{
    if (pump_dosing_active()) {
        return PUMP_ERR_STATE;
    }
    pump_status_t status = pump_session_note(pump_dosing_drug(), pump_dosing_delivered_ul());
    if (status == PUMP_OK) {
        status = pump_session_archive();
    }
    return (status == PUMP_OK) ? pump_session_close() : status;
}

static pump_status_t carry_out(const pump_command_t *command)
{
    switch (command->kind) {
    case PUMP_COMMAND_LOGIN:
        return pump_access_login(command->subject, command->digits);
    case PUMP_COMMAND_OPEN:
        return pump_session_open(command->subject);
    case PUMP_COMMAND_BED:
        return pump_session_move(command->subject);
    case PUMP_COMMAND_CLOSE:
        return close_session();
    case PUMP_COMMAND_PROGRAM:
        return pump_dosing_program(&command->program);
    case PUMP_COMMAND_BOLUS:
        return pump_dosing_bolus(command->volume_ul);
    case PUMP_COMMAND_START:
        return pump_session_is_open() ? pump_dosing_start() : PUMP_ERR_STATE;
    case PUMP_COMMAND_STOP:
        pump_dosing_stop("handheld");
        return PUMP_OK;
    case PUMP_COMMAND_SILENCE:
        return pump_alarm_silence(PUMP_ORIGIN_RADIO);
    case PUMP_COMMAND_STATUS:
        return PUMP_OK;
    case PUMP_COMMAND_COUNT:
        break;
    }
    return PUMP_ERR_NOT_FOUND;
}

/**
 * The role decides before anything happens; only stopping needs no log-in.
 * [SR-ACC-001]
 */
pump_status_t pump_command_execute(const pump_command_t *command)
{
    if (command == NULL || command->kind >= PUMP_COMMAND_COUNT) {
        return PUMP_ERR_ARGUMENT;
    }
    const grammar_entry_t *entry = &grammar[command->kind];
    if (!pump_access_permits(pump_access_current_role(), entry->action)) {
        LOG_WARN("%s refused for this role", entry->verb);
        return PUMP_ERR_DENIED;
    }
    pump_access_touch();
    return carry_out(command);
}

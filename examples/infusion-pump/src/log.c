/**
 * @file log.c
 * @brief Debug log on the serial console.
 */
#include "pump_log.h"

#include "hal/system.h"

#include <stdarg.h>
#include <stdio.h>

#define LOG_LINE_SIZE 160U

static pump_log_level_t threshold = PUMP_LOG_INFO;

static const char *level_text(pump_log_level_t level)
{
    switch (level) {
    case PUMP_LOG_ERROR:
        return "ERROR";
    case PUMP_LOG_WARN:
        return "WARN ";
    case PUMP_LOG_INFO:
        return "INFO ";
    case PUMP_LOG_DEBUG:
        return "DEBUG";
    case PUMP_LOG_NONE:
        break;
    }
    return "?";
}

void pump_log_set_level(pump_log_level_t level)
{
    threshold = level;
}

void pump_log_write(pump_log_level_t level, const char *module, const char *format, ...)
{
    if (level == PUMP_LOG_NONE || level > threshold) {
        return;
    }
    char text[LOG_LINE_SIZE];
    int used = snprintf(text, sizeof(text), "%s %s: ", level_text(level), module);
    if (used < 0 || (size_t)used >= sizeof(text)) {
        return;
    }
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(text + used, sizeof(text) - (size_t)used, format, arguments);
    va_end(arguments);
    (void)hal_uart_write(text);
    (void)hal_uart_write("\r\n");
}

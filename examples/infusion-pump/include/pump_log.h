/**
 * @file pump_log.h
 * @brief Debug log on the serial console.
 *
 * For developers and service engineers only. The record of who did what is the audit log (pump_audit_log.h).
 */
#ifndef PUMP_LOG_H
#define PUMP_LOG_H

typedef enum { PUMP_LOG_NONE = 0, PUMP_LOG_ERROR, PUMP_LOG_WARN, PUMP_LOG_INFO, PUMP_LOG_DEBUG } pump_log_level_t;

/** Messages above this level are dropped. */
void pump_log_set_level(pump_log_level_t level);

/** Writes one formatted message; use the macros below. */
void pump_log_write(pump_log_level_t level, const char *module, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#ifndef PUMP_LOG_MODULE
#define PUMP_LOG_MODULE "pump"
#endif

#define LOG_ERROR(...) pump_log_write(PUMP_LOG_ERROR, PUMP_LOG_MODULE, __VA_ARGS__)
#define LOG_WARN(...) pump_log_write(PUMP_LOG_WARN, PUMP_LOG_MODULE, __VA_ARGS__)
#define LOG_INFO(...) pump_log_write(PUMP_LOG_INFO, PUMP_LOG_MODULE, __VA_ARGS__)
#define LOG_DEBUG(...) pump_log_write(PUMP_LOG_DEBUG, PUMP_LOG_MODULE, __VA_ARGS__)

#endif

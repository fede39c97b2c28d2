/**
 * @file pump_status.h
 * @brief Result codes that every module of the pump returns.
 */
#ifndef PUMP_STATUS_H
#define PUMP_STATUS_H

/** Outcome of an operation; everything but PUMP_OK leaves the pump's state as it was. */
typedef enum {
    PUMP_OK = 0,
    PUMP_ERR_ARGUMENT,  /**< a parameter is missing or malformed */
    PUMP_ERR_RANGE,     /**< a value lies outside its permitted limits */
    PUMP_ERR_STATE,     /**< not possible in the present state */
    PUMP_ERR_AUTH,      /**< the peer or the user could not be authenticated */
    PUMP_ERR_DENIED,    /**< the user's role does not permit this */
    PUMP_ERR_LOCKED,    /**< refused for a while after failed attempts */
    PUMP_ERR_CRYPTO,    /**< the cryptographic library reported a failure */
    PUMP_ERR_INTEGRITY, /**< stored or received data was altered */
    PUMP_ERR_IO,        /**< storage or hardware failed */
    PUMP_ERR_MEMORY,    /**< no memory left */
    PUMP_ERR_FULL,      /**< a fixed-size table or queue is full */
    PUMP_ERR_NOT_FOUND, /**< no such entry */
    PUMP_ERR_TIMEOUT    /**< the time allowed has passed */
} pump_status_t;

/** @return a short English text for @p status, never NULL. */
const char *pump_status_text(pump_status_t status);

#endif

/* Board support stub: the radio controller. */
#ifndef HAL_BLE_H
#define HAL_BLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

int hal_ble_advertise(bool enable);
int hal_ble_send(const uint8_t *data, size_t size);
int hal_ble_shared_secret(uint8_t *out, size_t size);
void hal_ble_disconnect(void);

#endif

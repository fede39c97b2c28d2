/* Board support stub: the stepper that moves the plunger, with its encoder and force sensor. */
#ifndef HAL_MOTOR_H
#define HAL_MOTOR_H

#include <stdbool.h>
#include <stdint.h>

void hal_motor_enable(bool enable);
void hal_motor_step(uint32_t steps);
uint32_t hal_motor_encoder(void);
uint16_t hal_motor_force_millinewton(void);

#endif

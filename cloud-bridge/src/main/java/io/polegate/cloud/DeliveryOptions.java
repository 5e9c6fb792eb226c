package io.polegate.cloud;

/**
 * How much of the journal goes at once.
 *
 * @param batch items per message at most
 * @param window messages under way per lane at most
 */
record DeliveryOptions(int batch, int window) {}

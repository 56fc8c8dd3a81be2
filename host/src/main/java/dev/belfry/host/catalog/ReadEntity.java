package dev.belfry.host.catalog;

/** @param line where the file describes it; first line = 1 */
record ReadEntity(Entity entity, int line) {}

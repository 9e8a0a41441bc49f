package io.commandcenter.akm.core.audit;

/**
 * A line of the checkpoint file. What a crash tore at the end of the file is none.
 *
 * @param number of the line, from 1
 * @param checkpoint null if the line cannot be read
 * @param settled whether it stood there before the rows were read: only then all that it vouches
 *     for must be among them
 */
public record CheckpointLine(long number, Checkpoint checkpoint, boolean settled) {}

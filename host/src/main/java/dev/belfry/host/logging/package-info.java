/** What is written for people to read: without passwords, and without characters that forge lines. */
@NullMarked
package dev.belfry.host.logging;

import org.jspecify.annotations.NullMarked;

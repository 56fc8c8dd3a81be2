/** The routes of a plugin. The only package with types of Javalin in its signatures. */
@NullMarked
package dev.belfry.api.web;

import org.jspecify.annotations.NullMarked;

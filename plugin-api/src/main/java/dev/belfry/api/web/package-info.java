/** Routes of a plugin. The only package whose signatures name types of Javalin. */
@NullMarked
package dev.belfry.api.web;

import org.jspecify.annotations.NullMarked;

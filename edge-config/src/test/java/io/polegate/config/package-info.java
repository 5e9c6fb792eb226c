@NullMarked
package io.polegate.config;

import org.jspecify.annotations.NullMarked;

#pragma once
// The precompiled header of the tests: that of the libraries, and doctest.
#include "cmake/offtenant_pch.hpp"

#include <doctest/doctest.h>

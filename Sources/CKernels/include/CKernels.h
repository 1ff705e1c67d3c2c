#pragma once

#include "concordance.h"
#include "counter.h"
#include "kernels.h"
#include "paths.h"
#include "random.h"
#include "scalar.h"

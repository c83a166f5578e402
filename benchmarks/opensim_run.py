"""OpenSim's StaticOptimization on the frames of the public gait example, timed: the peer of our load sharing.

Needs the package opensim (development and comparison only; never imported by weaklink).
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

FIRST_S, LAST_S = 1.555, 2.233
RESIDUAL_N = 100.0  # strength of the six actuators that hold the pelvis
FEET = {"RightFoot": ("calcn_r", "R_ground"), "LeftFoot": ("calcn_l", "L_ground")}


def static_optimisation(data: Path, out: Path) -> float:
    """Seconds that OpenSim needs for one cycle; its tables lie in `out` afterwards.

    Raises: ImportError when opensim is not installed.
    """
    import opensim

    opensim.Logger.setLevelString("Off")
    model = opensim.Model(str(data / "model_scaled.osim"))
    add_reserves(opensim, model)
    loads = out / "loads.xml"
    external_loads(opensim, data).printToXML(str(loads))
    model.initSystem()
    tool = analysis(opensim, model, data, out, loads)
    began = time.perf_counter()
    tool.run()
    return time.perf_counter() - began


def add_reserves(opensim: Any, model: Any) -> None:
    """Actuators that take what muscles cannot: 1 N·m at each leg coordinate, strong ones at the pelvis."""
    for coordinate in model.getCoordinateSet():
        name = coordinate.getName()
        leg = name.startswith(("hip_", "ankle_", "subtalar_", "knee_angle")) and not name.endswith("beta")
        if not (leg or name.startswith("pelvis_")):
            continue
        reserve = opensim.CoordinateActuator(name)
        reserve.setName(f"{name}_reserve")
        reserve.setOptimalForce(1.0 if leg else RESIDUAL_N)
        reserve.setMinControl(-1e6)
        reserve.setMaxControl(1e6)
        model.addForce(reserve)


def external_loads(opensim: Any, data: Path) -> Any:
    """The ground reaction on both feet."""
    loads = opensim.ExternalLoads()
    loads.setDataFileName(str(data / "grf_run.mot"))
    for name, (body, column) in FEET.items():
        force = opensim.ExternalForce()
        force.setName(name)
        force.set_applied_to_body(body)
        force.set_force_expressed_in_body("ground")
        force.set_point_expressed_in_body("ground")
        force.set_force_identifier(f"{column}_force_v")
        force.set_point_identifier(f"{column}_force_p")
        force.set_torque_identifier(f"{column}_torque_")
        loads.cloneAndAppend(force)
    return loads


def analysis(opensim: Any, model: Any, data: Path, out: Path, loads: Path) -> Any:
    """The tool, ready to run: least sum of squared activations with muscle physiology."""
    optimisation = opensim.StaticOptimization()
    optimisation.setName("SO")
    optimisation.setStepInterval(1)
    optimisation.setUseModelForceSet(True)
    optimisation.setActivationExponent(2)
    optimisation.setUseMusclePhysiology(True)
    optimisation.setConvergenceCriterion(1e-4)
    optimisation.setMaxIterations(100)
    model.addAnalysis(optimisation)
    tool = opensim.AnalyzeTool(model)
    tool.setName("bench")
    tool.setModel(model)
    tool.setInitialTime(FIRST_S)
    tool.setFinalTime(LAST_S)
    tool.setLowpassCutoffFrequency(-1)
    tool.setCoordinatesFileName(str(data / "q_right_cycle_101frames.mot"))
    tool.setExternalLoadsFileName(str(loads))
    tool.setLoadModelAndInput(True)
    tool.setResultsDir(str(out))
    return tool

/**
 * Pools that need no declaration. Every figure names where it comes from; what no measurement was found for is called
 * assumed, and `source` carries all of it into the report.
 */
import type { Pool } from '../../schemas/scenario.generated.ts'

export interface Preset {
  readonly pool: Pool
  /** Sentence for the report's assumptions. */
  readonly source: string
}

// Speeds are ratios of the least run times of `speech-inference-tflite` in edgerun/faas-sim, ext/raith21/fet.py (Raith
// 2021): xeoncpu 1.055 s is 1, nuc 1.052 s, tx2 3.361 s.
const raith = 'speed by speech-inference-tflite in edgerun/faas-sim (Raith 2021)'
// kube-controller-manager's default --node-monitor-grace-period up to Kubernetes 1.31.
const detection = '40s'
const assumed = 'start-up, resiliency and PUE are assumed'

export const presets: Readonly<Record<string, Preset>> = {
  datacenter: {
    // SPECpower_ssj2008, Dell PowerEdge R7615 (AMD EPYC 9654P), Sep 2023: 96 cores, 192 GB, 347 W at 100 %, 77.4 W
    // active idle (row 202 of SPECpower-2026-03-09.csv in cloud-carbon-footprint/ccf-coefficients).
    pool: {
      cpu: 96,
      memory: '192Gi',
      gpu: 0,
      arch: 'amd64',
      speed: 1,
      startup: '1s',
      detection,
      pue: 1.2,
      resiliency: 0.999,
      power: { model: 'linear', off: 0, failed: 0, idle: 77.4, busy: 347 },
    },
    source: `Dell PowerEdge R7615 (EPYC 9654P, 96 cores), SPECpower_ssj2008 Sep 2023: 77.4 W idle, 347 W busy; its cores are speed 1; ${assumed} (PUE 1.2).`,
  },
  edge: {
    // SPECpower_ssj2008, Dell PowerEdge XR4510c (4 × Xeon D-2776NT), Mar 2023: a fourth of 64 cores, 128 GB, 561 W at
    // 100 %, 200 W active idle (row 232).
    pool: {
      cpu: 16,
      memory: '32Gi',
      gpu: 0,
      arch: 'amd64',
      speed: 1,
      startup: '1s',
      detection,
      pue: 1.3,
      resiliency: 0.98,
      power: { model: 'linear', off: 0, failed: 0, idle: 50, busy: 140.25 },
    },
    source: `one of four nodes of a Dell PowerEdge XR4510c (Xeon D-2776NT, 16 cores), SPECpower_ssj2008 Mar 2023: 50 W idle, 140.25 W busy; speed 1, ${assumed} (PUE 1.3).`,
  },
  lab: {
    // SPECpower_ssj2008, Fujitsu PRIMERGY TX1310 M5 (Xeon E-2356G), Oct 2021: 6 cores, 59.4 W at 100 %, 11.7 W active
    // idle, 12 GB measured (row 289); 16Gi is the next size sold. Speed of the NUC: 1.055 / 1.052.
    pool: {
      cpu: 6,
      memory: '16Gi',
      gpu: 0,
      arch: 'amd64',
      speed: 1,
      startup: '2s',
      detection,
      pue: 1,
      resiliency: 0.97,
      power: { model: 'linear', off: 0, failed: 0, idle: 11.7, busy: 59.4 },
    },
    source: `Fujitsu PRIMERGY TX1310 M5 (Xeon E-2356G, 6 cores), SPECpower_ssj2008 Oct 2021: 11.7 W idle, 59.4 W busy; ${raith}: nuc; memory, ${assumed} (PUE 1).`,
  },
  gaming: {
    // CPU: AMD Ryzen 9 5950X, 16 cores, TDP 105 W (codecarbon cpu_power.csv). GPU: RTX 3080, 145 W under load (0xJoelero/
    // miningcalcbot supported_gpus.js). Idle: CPU and board as the TX1310 M5 above (11.7 W), GPU 11.4 % of its load as the
    // T4 of g4dn.xlarge (8.1 W of 71.3 W, Teads aws-instances.json): 11.7 + 16.5 W.
    pool: {
      cpu: 16,
      memory: '64Gi',
      gpu: 1,
      arch: 'amd64',
      speed: 1,
      startup: '2s',
      detection,
      pue: 1,
      resiliency: 0.93,
      power: { model: 'linear', off: 0, failed: 0, idle: 28.2, busy: 250 },
    },
    source: `AMD Ryzen 9 5950X (TDP 105 W, codecarbon) with an RTX 3080 (145 W, miningcalcbot): 250 W busy; 28.2 W idle from SPECpower row 289 and the idle share of a T4 (Teads); speed 1, memory, ${assumed} (PUE 1).`,
  },
  mining: {
    // GPUs: 6 × RTX 3060 Ti, 130 W each (miningcalcbot). CPU: Intel Celeron G3930, 2 cores, TDP 51 W (codecarbon). Idle:
    // GPUs 11.4 % of their load as above (88.9 W) and 11.7 W for the rest.
    pool: {
      cpu: 2,
      memory: '8Gi',
      gpu: 6,
      arch: 'amd64',
      speed: 1,
      startup: '3s',
      detection,
      pue: 1.1,
      resiliency: 0.95,
      power: { model: 'linear', off: 0, failed: 0, idle: 100.6, busy: 831 },
    },
    source: `six RTX 3060 Ti (130 W each, miningcalcbot) on a Celeron G3930 (TDP 51 W, codecarbon): 831 W busy; 100.6 W idle from SPECpower row 289 and the idle share of a T4 (Teads); speed 1, memory, ${assumed} (PUE 1.1).`,
  },
  'personal-area': {
    // OnePlus 7 Pro (power_profile.xml of AICP/device_oneplus_guacamole) at 3.85 V: all cores at their highest clock
    // 504.67 + 3 × 351.35 + 4 × 54.84 = 1778.1 mA, 6.85 W; awake with Wi-Fi on 5 + 8 + 8 = 21 mA, 0.081 W. Speed of the
    // Jetson TX2, an Arm board of that class: 1.055 / 3.361.
    pool: {
      cpu: 8,
      memory: '8Gi',
      gpu: 0,
      arch: 'arm64',
      speed: 0.31,
      startup: '3s',
      detection,
      pue: 1,
      resiliency: 0.85,
      power: { model: 'linear', off: 0, failed: 0, idle: 0.081, busy: 6.85 },
    },
    source: `OnePlus 7 Pro, power_profile.xml at 3.85 V: 0.081 W idle with Wi-Fi on and the screen off, 6.85 W with all eight cores busy; ${raith}: tx2; memory, ${assumed} (PUE 1).`,
  },
}

/** The preset of that name; names of a scenario are looked up here, so nothing inherited must be found. */
export const findPreset = (name: string): Preset | undefined =>
  Object.hasOwn(presets, name) ? presets[name] : undefined

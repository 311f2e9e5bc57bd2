/**
 * The device that wx describes: the developer tools' simulator with the description's screen, and sensors at rest.
 */

/** @typedef {import('./wx.js').WxRoom} WxRoom */

const WECHAT_VERSION = '8.0.50';
const WECHAT_LIBRARY = '3.8.0';
const SENSOR_EVENTS = 'AccelerometerChange CompassChange GyroscopeChange DeviceMotionChange DeviceOrientationChange';
const DEVICE_IDLE = 'startAccelerometer stopAccelerometer startCompass stopCompass startGyroscope stopGyroscope '
  + 'startDeviceMotionListening stopDeviceMotionListening setDeviceOrientation vibrateShort vibrateLong setKeepScreenOn '
  + 'setScreenBrightness setVisualEffectOnCapture setEnableDebug setStatusBarStyle setMenuStyle setWindowSize';

/** @param {WxRoom} room */
export function wxDevice({ kernel, calls, families }) {
  const { screen } = kernel;
  let clipboard = '';
  const window = () => wxWindowInfo(screen);
  const all = () => ({
    ...wxDeviceInfo(), ...wxAppInfo(), ...window(), ...wxSystemSetting(screen),
    albumAuthorized: true, cameraAuthorized: true, locationAuthorized: true, microphoneAuthorized: true, notificationAuthorized: true,
  });
  families.events(SENSOR_EVENTS);
  families.idle(DEVICE_IDLE);
  return {
    getSystemInfoSync: all,
    getSystemInfo: calls.call('getSystemInfo', all),
    getSystemInfoAsync: calls.call('getSystemInfoAsync', all),
    getWindowInfo: window,
    getDeviceInfo: wxDeviceInfo,
    getAppBaseInfo: wxAppInfo,
    getSystemSetting: () => wxSystemSetting(screen),
    getAppAuthorizeSetting: wxAuthorizeSetting,
    getMenuButtonBoundingClientRect: () => wxMenuButton(screen),
    getBatteryInfoSync: wxBattery,
    getBatteryInfo: calls.call('getBatteryInfo', wxBattery),
    getDeviceBenchmarkInfo: calls.call('getDeviceBenchmarkInfo', () => ({ benchmarkLevel: 30, modelLevel: 1 })),
    getNetworkType: calls.call('getNetworkType', () => ({ networkType: 'wifi', isConnected: true, signalStrength: 4, hasSystemProxy: false })),
    getLocalIPAddress: calls.call('getLocalIPAddress', () => ({ localip: '127.0.0.1', netmask: '255.0.0.0' })),
    getScreenBrightness: calls.call('getScreenBrightness', () => ({ value: 0.5 })),
    setClipboardData: calls.call('setClipboardData', ({ data }) => {
      clipboard = String(data);
      return {};
    }),
    getClipboardData: calls.call('getClipboardData', () => ({ data: clipboard })),
  };
}

/** @param {{width: number, height: number, pixelRatio: number}} screen */
function wxWindowInfo({ width, height, pixelRatio }) {
  return {
    pixelRatio, screenWidth: width, screenHeight: height, windowWidth: width, windowHeight: height, screenTop: 0, statusBarHeight: 20,
    safeArea: { left: 0, top: 20, right: width, bottom: height, width, height: height - 20 },
  };
}

function wxDeviceInfo() {
  // Adapters tell the simulator by its platform.
  return {
    platform: 'devtools', brand: 'devtools', model: 'iPhone 6/7/8', system: 'iOS 10.0.1', benchmarkLevel: 1, abi: 'x86_64',
    deviceAbi: 'x86_64', cpuType: 'unknown', memorySize: '4096',
  };
}

function wxAppInfo() {
  return {
    SDKVersion: WECHAT_LIBRARY, version: WECHAT_VERSION, language: 'zh_CN', theme: 'light', enableDebug: false, fontSizeSetting: 16,
    fontSizeScaleFactor: 1, host: { env: 'WeChat', appId: '', version: 0 },
  };
}

/** @param {{width: number, height: number}} screen */
function wxSystemSetting({ width, height }) {
  return {
    bluetoothEnabled: true, locationEnabled: true, wifiEnabled: true,
    deviceOrientation: width > height ? 'landscape' : 'portrait',
  };
}

function wxAuthorizeSetting() {
  const names = ['album', 'bluetooth', 'camera', 'location', 'microphone', 'notification', 'phoneCalendar'];
  return Object.fromEntries(names.map((name) => [`${name}Authorized`, 'authorized']));
}

/** Of the size and at the distance that they have in the simulator. @param {{width: number}} screen */
function wxMenuButton({ width }) {
  return { width: 87, height: 32, top: 24, bottom: 56, right: width - 7, left: width - 94 };
}

function wxBattery() {
  return { level: 100, isCharging: true, isLowPowerModeEnabled: false };
}

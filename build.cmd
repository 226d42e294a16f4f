@py -3 "%~dp0build.py" %*
@set STATUS=%ERRORLEVEL%
@rem A window that Explorer opened closes before anybody has read it.
@echo %CMDCMDLINE% | find /i "%~f0" >nul && pause
@exit /b %STATUS%
